/** The system calls that code under test does not get, as they are called on every architecture, and their numbers. */
export interface DeniedCall {
  readonly name: string;
  /** On x86-64; absent where there is no such call. */
  readonly x64?: number;
  /** On 64-bit Arm; absent where there is no such call. */
  readonly arm64?: number;
}

const call = (name: string, x64: number | undefined, arm64: number | undefined): DeniedCall => ({
  name,
  ...(x64 === undefined ? {} : { x64 }),
  ...(arm64 === undefined ? {} : { arm64 }),
});
/** Calls from 424 on have one number on all architectures. */
const everywhere = (name: string, number: number): DeniedCall => call(name, number, number);

/** Looking into other processes, and taking what they hold. */
const OTHER_PROCESSES = [
  call('ptrace', 101, 117),
  call('process_vm_readv', 310, 270),
  call('process_vm_writev', 311, 271),
  call('kcmp', 312, 272),
  everywhere('pidfd_getfd', 438),
  everywhere('process_madvise', 440),
];

/** What a process sees as its files, its root and its namespaces. */
const MOUNTS_AND_NAMESPACES = [
  call('mount', 165, 40),
  call('umount2', 166, 39),
  call('pivot_root', 155, 41),
  call('chroot', 161, 51),
  call('setns', 308, 268),
  call('unshare', 272, 97),
  call('open_by_handle_at', 304, 265),
  everywhere('open_tree', 428),
  everywhere('move_mount', 429),
  everywhere('fsopen', 430),
  everywhere('fsconfig', 431),
  everywhere('fsmount', 432),
  everywhere('fspick', 433),
  everywhere('mount_setattr', 442),
  everywhere('open_tree_attr', 467),
];

/** Parts of the kernel that most programs do without and most attacks on it go through, and its settings. */
const KERNEL = [
  call('bpf', 321, 280),
  call('perf_event_open', 298, 241),
  call('userfaultfd', 323, 282),
  call('add_key', 248, 217),
  call('request_key', 249, 218),
  call('keyctl', 250, 219),
  call('kexec_load', 246, 104),
  call('kexec_file_load', 320, 294),
  call('init_module', 175, 105),
  call('finit_module', 313, 273),
  call('delete_module', 176, 106),
  call('fanotify_init', 300, 262),
  call('lookup_dcookie', 212, 18),
  call('syslog', 103, 116),
  call('acct', 163, 89),
  call('quotactl', 179, 60),
  everywhere('quotactl_fd', 443),
  call('swapon', 167, 224),
  call('swapoff', 168, 225),
  call('reboot', 169, 142),
  call('settimeofday', 164, 170),
  call('clock_settime', 227, 112),
  call('clock_adjtime', 305, 266),
  call('sethostname', 170, 161),
  call('setdomainname', 171, 162),
  call('vhangup', 153, 58),
  call('iopl', 172, undefined),
  call('ioperm', 173, undefined),
  call('modify_ldt', 154, undefined),
  call('uselib', 134, undefined),
  call('nfsservctl', 180, 42),
];

/** Refused with "operation not permitted". */
export const DENIED_CALLS: readonly DeniedCall[] = [...OTHER_PROCESSES, ...MOUNTS_AND_NAMESPACES, ...KERNEL];

/** Answered as by a kernel that is too old to have them, so that libraries take the older call: `clone`, `epoll`. */
export const MISSING_CALLS: readonly DeniedCall[] = [
  everywhere('clone3', 435),
  everywhere('io_uring_setup', 425),
  everywhere('io_uring_enter', 426),
  everywhere('io_uring_register', 427),
];

/** Calls of which some arguments are refused. */
export const CLONE = call('clone', 56, 220);
export const SOCKET = call('socket', 41, 198);
export const IOCTL = call('ioctl', 16, 29);

/** Flags of `clone` that make a namespace: NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
export const NAMESPACE_FLAGS = [
  0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000,
];

/**
 * Families of sockets that a network namespace does not keep inside, such as those to the host of a virtual machine
 * (VSOCK), and those of the kernel's cryptography, drivers and buses. What is left: local sockets, IP and netlink.
 */
export const DENIED_FAMILIES = [
  15, 17, 18, 19, 20, 21, 22, 23, 24, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
  44, 45,
];

/** Requests of `ioctl` that type into a terminal: TIOCSTI and TIOCLINUX. */
export const DENIED_REQUESTS = [0x5412, 0x541c];

/** Error numbers that refused calls answer with. */
export const ERRNO = { notPermitted: 1, noSuchCall: 38, noSuchFamily: 97 } as const;
