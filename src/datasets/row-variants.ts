type Row = Readonly<Record<string, unknown>>;

/** Where the images of SWE-bench Pro have the repository. */
const PRO_WORKDIR = '/app';

/**
 * A row of a benchmark of the SWE-bench family with its fields under the names of SWE-bench: the lower-case
 * test lists and image tags of SWE-bench Pro, the image fields of SWE-bench Live and SWE-rebench. Fields that
 * the row has under the names of SWE-bench stay.
 */
export function withCommonNames(row: Row): Row {
  const { image, workdir } = imageOfPro(row) ?? {
    image: row['docker_image'] ?? row['image_name'],
    workdir: workdirOfRebench(row),
  };
  const otherwise = {
    FAIL_TO_PASS: row['fail_to_pass'],
    PASS_TO_PASS: row['pass_to_pass'],
    image,
    workdir,
  };
  const used = Object.entries(otherwise).filter(([name, value]) => isAbsent(row[name]) && !isAbsent(value));
  return { ...row, ...Object.fromEntries(used) };
}

function imageOfPro({ dockerhub_tag: tag }: Row): { image: string; workdir: string } | null {
  return typeof tag === 'string' && tag !== ''
    ? { image: `jefzda/sweap-images:${tag}`, workdir: PRO_WORKDIR }
    : null;
}

/** SWE-rebench V2 works in `/NAME`; the images of its first version are laid out as those of SWE-bench. */
function workdirOfRebench({ install_config: config, image_name: image, repo }: Row): string | undefined {
  if (isAbsent(config) || typeof image !== 'string' || image.includes('sweb.eval.')) return undefined;
  return typeof repo === 'string' ? `/${repo.split('/').at(-1) ?? repo}` : undefined;
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === '';
