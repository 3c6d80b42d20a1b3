import { existsSync, statSync } from 'node:fs';

/**
 * Prepares what a sandbox may write to, in a mount namespace of its own, and becomes bubblewrap: one file system in memory
 * of a fixed size that holds the scratch folder, /tmp, /dev/shm and whatever is written into the tree, which itself stays
 * as it was. All of it is gone with the process.
 *
 * Run by root it also shows what bubblewrap needs where any user may see it, and gives up root before bubblewrap starts. Of
 * a folder that only root may enter, such as one made for this program alone, it shows what is in it.
 */
const SCRIPT = `
set -e
umask 022
stage=$1 tree=$2 kept=$3 size=$4 owner=$5 overlay=$6 filter=$7 groups=$8 place=$9
shift 9
for group in $groups; do echo $$ >"$group/cgroup.procs"; done
exec 9<"$filter"
mount -t tmpfs -o "size=\${size}m,nr_inodes=300000,mode=755" tmpfs "$stage"
cd "$stage"
mkdir lower tree upper work scratch seen
mkdir -m 1777 tmp shm
[ -z "$owner" ] || chown "$owner:$owner" upper scratch
mount --rbind "$tree" lower
if [ "$kept" = yes ]; then
  mount --rbind lower tree
else
  mount -t overlay -o "$overlay,lowerdir=lower,upperdir=upper,workdir=work" overlay tree 2>/dev/null || cp -a lower/. tree/
fi
show() {
  if [ -d "$1" ]; then mkdir "$2"; else : >"$2"; fi
  mount --rbind "$1" "$2"
}
number=0
while [ "$1" != -- ]; do
  if [ "$1" = entries ]; then
    mkdir "seen/$number"
    for entry in "$2"/* "$2"/.[!.]*; do
      [ ! -e "$entry" ] || show "$entry" "seen/$number/\${entry##*/}"
    done
  else
    show "$2" "seen/$number"
  fi
  number=$((number + 1))
  shift 2
done
shift
cd /
[ -n "$owner" ] || exec "$@"
mount --move "$stage" "$place"
exec setpriv --reuid "$owner" --regid "$owner" --clear-groups "$@"
`;

/**
 * Where root puts the stage for any user to see: a folder of every system, in which no program is that has to be found, as what
 * it holds is hidden from bubblewrap.
 */
const PLACE = ['/srv', '/media', '/mnt'].find((name) => existsSync(name)) ?? '/tmp';

/** The descriptor from which bubblewrap reads the filter of system calls. */
export const FILTER_DESCRIPTOR = 9;
/** What builds write beside the tree goes into memory, too. */
const MEGABYTES = { fresh: 512, kept: 4096 } as const;

/** Where a stage has things, for bubblewrap. */
export interface StagedPaths {
  readonly tree: string;
  readonly scratch: string;
  readonly tmp: string;
  readonly shm: string;
  /** Paths under which bubblewrap finds those that `shown` names. */
  readonly seen: readonly string[];
}

export interface StageRequest {
  /** Existing directory that the stage is mounted on; the machine itself does not see what is there. */
  readonly directory: string;
  readonly tree: string;
  /** What processes write into the tree stays there. */
  readonly keepsWrites: boolean;
  /** The user that root becomes, to whom the tree belongs; absent when this process is not root. */
  readonly owner: number | undefined;
  /** Absolute paths to show read-only. */
  readonly shown: readonly string[];
  /** File with the filter of system calls. */
  readonly filter: string;
  /** Control groups that the process joins. */
  readonly groups: readonly string[];
}

/** Where the stage of a request will have things. */
export function stagedPaths({ directory, owner, shown }: StageRequest): StagedPaths {
  const at = owner === undefined ? directory : PLACE;
  return {
    tree: `${at}/tree`,
    scratch: `${at}/scratch`,
    tmp: `${at}/tmp`,
    shm: `${at}/shm`,
    // Whoever is not root sees for itself what it shows.
    seen: owner === undefined ? shown : shown.map((_, index) => `${at}/seen/${index}`),
  };
}

/** The command that makes a stage and becomes `argv` on it. */
export function stageCommand(request: StageRequest, argv: readonly string[]): string[] {
  const { directory, tree, keepsWrites, owner, shown, filter, groups } = request;
  const isRoot = owner !== undefined;
  return [
    'unshare',
    ...(isRoot ? [] : ['--user', '--map-root-user']),
    ...['--mount', '--propagation', 'private'],
    ...['--', '/bin/sh', '-c', SCRIPT, 'sh'],
    ...[directory, tree, keepsWrites ? 'yes' : 'no', String(MEGABYTES[keepsWrites ? 'kept' : 'fresh'])],
    // Renaming a folder of the tree needs a mark on files that only root may set.
    ...[
      isRoot ? String(owner) : '',
      isRoot ? 'redirect_dir=on' : 'userxattr',
      filter,
      groups.join(' '),
      PLACE,
    ],
    ...(isRoot ? shown.flatMap((name) => [isClosed(name) ? 'entries' : 'whole', name]) : []),
    '--',
    ...argv,
  ];
}

const ENTER_AND_LIST = 0o005;

/** Whether a path is a folder that other users may not enter or list. */
function isClosed(name: string): boolean {
  const stats = statSync(name, { throwIfNoEntry: false });
  return stats?.isDirectory() === true && (stats.mode & ENTER_AND_LIST) !== ENTER_AND_LIST;
}
