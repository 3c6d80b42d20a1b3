import { describe, expect, it } from 'vitest';
import {
  CLONE,
  DENIED_CALLS,
  MISSING_CALLS,
  SOCKET,
} from '../../../../src/observe/engine/seccomp/denied-calls.js';
import { dockerProfile } from '../../../../src/observe/engine/seccomp/docker-profile.js';
import { filterProgram } from '../../../../src/observe/engine/seccomp/filter-program.js';

const ARCHITECTURES = { x64: 0xc000003e, arm64: 0xc00000b7 } as const;
const [ALLOW, EPERM, ENOSYS, EAFNOSUPPORT] = [0x7fff0000, 0x50001, 0x50026, 0x50061];

/** What the kernel does with the program: its result for one call. */
function run(program: Buffer, architecture: number, number: number, args: readonly number[] = []): number {
  let accumulator = 0;
  for (let at = 0; at < program.length / 8; at++) {
    const [operation, ifTrue, ifFalse, operand] = [
      program.readUInt16LE(8 * at),
      program.readUInt8(8 * at + 2),
      program.readUInt8(8 * at + 3),
      program.readUInt32LE(8 * at + 4),
    ];
    const jump = (holds: boolean) => {
      at += holds ? ifTrue : ifFalse;
    };
    if (operation === 0x06) return operand;
    if (operation === 0x20) {
      accumulator = operand === 0 ? number : operand === 4 ? architecture : (args[(operand - 16) / 8] ?? 0);
    } else if (operation === 0x15) jump(accumulator === operand);
    else if (operation === 0x35) jump(accumulator >= operand);
    else if (operation === 0x45) jump((accumulator & operand) !== 0);
    else throw new Error(`unknown operation ${operation}`);
  }
  throw new Error('the program has no end');
}

describe.each(['x64', 'arm64'] as const)('the filter for %s', (name) => {
  const program = filterProgram(name);
  const call = (number: number, ...args: number[]) => run(program, ARCHITECTURES[name], number, args);
  const numberOf = (one: (typeof DENIED_CALLS)[number]) => one[name] ?? 100_000;

  it('refuses every call of the table, and no other', () => {
    const denied = new Map([
      ...DENIED_CALLS.map((one) => [numberOf(one), EPERM] as const),
      ...MISSING_CALLS.map((one) => [numberOf(one), ENOSYS] as const),
    ]);
    denied.delete(100_000);
    for (let number = 0; number < 500; number++)
      expect(call(number), String(number)).toBe(denied.get(number) ?? ALLOW);
  });

  it('lets processes and threads be made, and no namespaces', () => {
    expect(call(numberOf(CLONE), 0x11)).toBe(ALLOW);
    expect(call(numberOf(CLONE), 0x3d0f00)).toBe(ALLOW);
    for (const flag of [0x20000, 0x10000000, 0x40000000])
      expect(call(numberOf(CLONE), flag | 0x11)).toBe(EPERM);
  });

  it('lets local and IP sockets be made, and none to the host of the machine', () => {
    for (const family of [1, 2, 10, 16]) expect(call(numberOf(SOCKET), family)).toBe(ALLOW);
    for (const family of [17, 38, 40]) expect(call(numberOf(SOCKET), family)).toBe(EAFNOSUPPORT);
  });

  it('refuses every call of another architecture', () => {
    expect(run(program, 0x40000003, 1)).toBe(ENOSYS);
    if (name === 'x64') expect(call(0x40000000 + 101)).toBe(ENOSYS);
  });
});

describe(dockerProfile, () => {
  it('refuses the same calls', () => {
    const profile = JSON.parse(dockerProfile()) as {
      defaultAction: string;
      syscalls: { names: string[]; args?: unknown }[];
    };
    const names = profile.syscalls.filter(({ args }) => args === undefined).flatMap((rule) => rule.names);
    expect(profile.defaultAction).toBe('SCMP_ACT_ALLOW');
    expect(names.sort()).toEqual([...DENIED_CALLS, ...MISSING_CALLS].map((one) => one.name).sort());
  });
});
