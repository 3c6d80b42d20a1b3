/** Python programs that try what a sandbox must refuse, and print what they got; they run on either engine. */

/** Tries system calls by their numbers on this machine; prints the names of those that did not fail. */
export const CALLS = `
import ctypes, os, platform
libc = ctypes.CDLL(None, use_errno=True)
x86 = platform.machine() == "x86_64"
pid = os.fork()
if pid == 0:
    import time; time.sleep(30); os._exit(0)
def call(x, arm, *args): return libc.syscall(x if x86 else arm, *args)
handle = call(434, 434, pid, 0)
tried = {
    "ptrace": libc.ptrace(0x4206, pid, 0, 0),
    "process_vm_readv": call(310, 270, os.getpid(), 0, 0, 0, 0, 0),
    "pidfd_getfd": call(438, 438, handle, 0, 0),
    "kcmp": call(312, 272, pid, pid, 0, 0, 0),
    "unshare": libc.unshare(0x10000000),
    "clone": call(56, 220, 0x10000000 | 17, 0, 0, 0, 0),
    "clone3": call(435, 435, 0, 0),
    "mount": libc.mount(b"none", b"/tmp", b"tmpfs", 0, None),
    "open_tree": call(428, 428, -100, b"/", 1),
    "fsopen": call(430, 430, b"tmpfs", 0),
    "chroot": libc.chroot(b"/tmp"),
    "bpf": call(321, 280, 0, 0, 0),
    "perf_event_open": call(298, 241, 0, 0, -1, -1, 0),
    "userfaultfd": call(323, 282, 1),
    "io_uring": call(425, 425, 1, ctypes.create_string_buffer(120)),
    "add_key": call(248, 217, b"user", b"x", b"y", 1, -3),
    "keyctl": call(250, 219, 0, -3, 1),
    "kexec": call(246, 104, 0, 0, 0, 0),
    "socket of the virtual machine's host": libc.socket(40, 1, 0),
    "socket of the kernel's cryptography": libc.socket(38, 5, 0),
}
if tried["clone"] == 0: os._exit(0)
os.kill(pid, 9)
print([name for name, result in tried.items() if result >= 0])
`;

/** Prints the user, what it could open for writing, its sets of capabilities, and that it can gain none. */
export const SETTINGS = `
import os
def opens(name):
    try: os.close(os.open(name, os.O_WRONLY)); return True
    except OSError: return False
names = ["/proc/sysrq-trigger", "/proc/sys/kernel/core_pattern", "/proc/sys/vm/drop_caches", "/proc/sys/kernel/hostname", "/dev/mem", "/dev/kmsg", "/dev/new", "/usr/new"]
status = dict(line.split(":\\t", 1) for line in open("/proc/self/status") if ":\\t" in line)
sets = [int(status["Cap" + name], 16) for name in ("Inh", "Prm", "Eff", "Bnd", "Amb")]
print(os.getuid(), [name for name in names if opens(name)], sets, status["NoNewPrivs"].strip(), status["Seccomp"].strip())
`;

/** Prints the places that took 1.2 GB. */
export const FILL = `
import os
def takes_all(folder):
    names = [folder + "/fill-%d" % n for n in range(24)]
    try:
        for name in names:
            with open(name, "wb") as file:
                for _ in range(50): file.write(bytes(1 << 20))
        return True
    except OSError: return False
    finally:
        for name in names:
            try: os.unlink(name)
            except OSError: pass
print([folder for folder in PLACES if takes_all(folder)])
`;
