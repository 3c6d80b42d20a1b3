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

/** A rule of a seccomp profile, as container engines read them. */
interface Rule {
  readonly names: readonly string[];
  readonly action: 'SCMP_ACT_ERRNO';
  readonly errnoRet: number;
  readonly args?: readonly {
    readonly index: number;
    readonly value: number;
    readonly valueTwo?: number;
    readonly op: 'SCMP_CMP_EQ' | 'SCMP_CMP_MASKED_EQ';
  }[];
}

/**
 * The same filter as `filterProgram` in the language of container engines, for the option `seccomp=` of a container. Text, as
 * the engine is given the profile itself and not the name of a file.
 */
export function dockerProfile(): string {
  const refused = (calls: readonly DeniedCall[], errnoRet: number): Rule => ({
    names: calls.map(({ name }) => name),
    action: 'SCMP_ACT_ERRNO',
    errnoRet,
  });
  const equal = (call: DeniedCall, index: number, values: readonly number[], errnoRet: number): Rule[] =>
    values.map((value) => ({ ...refused([call], errnoRet), args: [{ index, value, op: 'SCMP_CMP_EQ' }] }));
  return JSON.stringify({
    defaultAction: 'SCMP_ACT_ALLOW',
    archMap: [
      { architecture: 'SCMP_ARCH_X86_64', subArchitectures: ['SCMP_ARCH_X86', 'SCMP_ARCH_X32'] },
      { architecture: 'SCMP_ARCH_AARCH64', subArchitectures: ['SCMP_ARCH_ARM'] },
    ],
    syscalls: [
      refused(MISSING_CALLS, ERRNO.noSuchCall),
      refused(DENIED_CALLS, ERRNO.notPermitted),
      ...NAMESPACE_FLAGS.map((flag) => ({
        ...refused([CLONE], ERRNO.notPermitted),
        args: [{ index: 0, value: flag, valueTwo: flag, op: 'SCMP_CMP_MASKED_EQ' }],
      })),
      ...equal(SOCKET, 0, DENIED_FAMILIES, ERRNO.noSuchFamily),
      ...equal(IOCTL, 1, DENIED_REQUESTS, ERRNO.notPermitted),
    ],
  });
}
