/**
 * Which room may import which. A room imports only rooms that stand before it in this list, so that data flows one way;
 * `npm run lint:structure` checks it, and `npm run draw:structure` draws it.
 */
const ROOMS = [
  'model',
  'platform',
  'python',
  'trees',
  'change',
  'datasets',
  'inputs',
  'compare',
  'reduce',
  'pytest',
  'observe',
  'environments',
  'images',
  'metrics',
  'pipeline',
  'report',
  'runs',
  'export',
  'page',
  'review',
  'queue',
  'doctor',
  'app',
  'cli',
];

/** The stages of the pipeline, in the order in which they run; what they share comes first. */
const STAGES = ['context', 'prepare', 'tests', 'seeds', 'search', 'confirm', 'explain', 'judge'];

const inside = (rooms, prefix = '^src/') => `${prefix}(${rooms.join('|')})/`;

const onlyEarlier = (rooms, prefix) =>
  rooms.slice(0, -1).map((room, index) => ({
    name: `${room}-imports-earlier-rooms-only`,
    severity: 'error',
    from: { path: inside([room], prefix) },
    to: { path: inside(rooms.slice(index + 1), prefix) },
  }));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circle-of-files', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-circle-of-folders', severity: 'error', scope: 'folder', from: {}, to: { circular: true } },
    {
      name: 'tree-sitter-in-python-only',
      comment: 'A second language implements what src/python does; the rest knows no grammar.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/python/' },
      to: { path: 'tree-sitter' },
    },
    {
      name: 'language-through-its-seam',
      comment:
        'What changed, and how observations compare, knows the language by the interface that a second one would implement.',
      severity: 'error',
      from: { path: '^src/(change|compare)/' },
      to: { path: '^src/python/', pathNot: '^src/python/language[.]ts$' },
    },
    ...onlyEarlier(ROOMS, '^src/'),
    ...onlyEarlier(STAGES, '^src/pipeline/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    exclude: { path: '(^|/)dist/' },
  },
};
