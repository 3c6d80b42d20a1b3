import {
  CLONE,
  DENIED_CALLS,
  DENIED_FAMILIES,
  DENIED_REQUESTS,
  ERRNO,
  IOCTL,
  MISSING_CALLS,
  NAMESPACE_FLAGS,
  SOCKET,
  type DeniedCall,
} from './denied-calls.js';

/** The processors that a filter can be written for, by the names of Node.js. */
export type FilteredArchitecture = 'x64' | 'arm64';

/** `AUDIT_ARCH_X86_64` and `AUDIT_ARCH_AARCH64`. */
const ARCHITECTURES = { x64: 0xc000003e, arm64: 0xc00000b7 } as const;
/** Numbers from here on are calls of the x32 mode of x86-64, under which every call could be made a second time. */
const X32 = 0x40000000;

/** Operations of the classic BPF machine. */
const LOAD = 0x20;
const IF_EQUAL = 0x15;
const IF_AT_LEAST = 0x35;
const IF_ANY_BIT = 0x45;
const RETURN = 0x06;

/** Where the kernel puts what a call is made of: its number, the architecture, and the lower half of an argument. */
const NUMBER = 0;
const ARCHITECTURE = 4;
const argument = (index: number): number => 16 + 8 * index;

const ALLOW = 0x7fff0000;
const refuse = (errno: number): number => (0x00050000 | errno) >>> 0;

/** Operation, instructions to skip if it holds and if not, operand. */
type Instruction = readonly [operation: number, ifTrue: number, ifFalse: number, operand: number];

const load = (offset: number): Instruction => [LOAD, 0, 0, offset];
const give = (result: number): Instruction => [RETURN, 0, 0, result];
/** Gives `result` when the condition holds, and goes on otherwise. */
const giveIf = (operation: number, operand: number, result: number): Instruction[] => [
  [operation, 0, 1, operand],
  give(result),
];

/** Is there a filter for this processor? */
export const isFiltered = (architecture: string): architecture is FilteredArchitecture =>
  architecture in ARCHITECTURES;

/**
 * A seccomp filter for one processor: a program of the kernel's packet filter, as bubblewrap's option `--seccomp` reads it
 * from a descriptor. Everything is allowed but what `denied-calls.ts` names.
 */
export function filterProgram(architecture: FilteredArchitecture): Buffer {
  const numberOf = (call: DeniedCall) => call[architecture];
  const refused = (calls: readonly DeniedCall[], errno: number) =>
    calls.flatMap((call) => {
      const number = numberOf(call);
      return number === undefined ? [] : giveIf(IF_EQUAL, number, refuse(errno));
    });
  /** Checks one argument of a call; reaches `ALLOW` at the end, as nothing else concerns that call. */
  const checked = (call: DeniedCall, index: number, checks: readonly Instruction[]): Instruction[] => {
    const body = [load(argument(index)), ...checks, give(ALLOW)];
    return [[IF_EQUAL, 0, body.length, numberOf(call) ?? -1], ...body];
  };
  const flags = NAMESPACE_FLAGS.reduce((all, flag) => all | flag, 0) >>> 0;
  return encode([
    load(ARCHITECTURE),
    [IF_EQUAL, 1, 0, ARCHITECTURES[architecture]],
    give(refuse(ERRNO.noSuchCall)),
    load(NUMBER),
    ...(architecture === 'x64' ? giveIf(IF_AT_LEAST, X32, refuse(ERRNO.noSuchCall)) : []),
    ...refused(MISSING_CALLS, ERRNO.noSuchCall),
    ...refused(DENIED_CALLS, ERRNO.notPermitted),
    ...checked(CLONE, 0, giveIf(IF_ANY_BIT, flags, refuse(ERRNO.notPermitted))),
    ...checked(
      SOCKET,
      0,
      DENIED_FAMILIES.flatMap((family) => giveIf(IF_EQUAL, family, refuse(ERRNO.noSuchFamily))),
    ),
    ...checked(
      IOCTL,
      1,
      DENIED_REQUESTS.flatMap((request) => giveIf(IF_EQUAL, request, refuse(ERRNO.notPermitted))),
    ),
    give(ALLOW),
  ]);
}

/** `struct sock_filter` for each instruction, in the byte order of both processors. */
function encode(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(8 * program.length);
  program.forEach(([operation, ifTrue, ifFalse, operand], index) => {
    bytes.writeUInt16LE(operation, 8 * index);
    bytes.writeUInt8(ifTrue, 8 * index + 2);
    bytes.writeUInt8(ifFalse, 8 * index + 3);
    bytes.writeUInt32LE(operand, 8 * index + 4);
  });
  return bytes;
}
