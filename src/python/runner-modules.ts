/**
 * Top-level modules that test runners load, in any version: a module of that name at the root of a tree is loaded in their
 * place.
 */
export const RUNNER_MODULES: ReadonlySet<string> = new Set(
  `
  _hypothesis_pytestplugin _pytest _virtualenv asgiref atomicwrites attr attrs colorama coverage exceptiongroup
  execnet flaky funcsigs hypothesis importlib_metadata iniconfig mock more_itertools nose nose2 packaging pathlib2
  pkg_resources pluggy py pygments pyparsing pytest pytest_asyncio pytest_benchmark pytest_cov pytest_forked
  pytest_mock pytest_rerunfailures pytest_timeout pytest_xdist scandir setuptools six sortedcontainers sqlparse toml
  tomli typing_extensions wcwidth xdist zipp
  `
    .trim()
    .split(/\s+/),
);
