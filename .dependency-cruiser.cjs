// The borders of the house. Reasons stand in docs/conventions.md; tests/architecture proves that modules were really read.
const m = '^src/server/modules/';
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'front-door-only',
      severity: 'error',
      from: { path: `${m}([^/]+)/`, pathNot: '\\.test\\.ts$' },
      to: { path: `${m}[^/]+/`, pathNot: [`${m}$1/`, `${m}[^/]+/index\\.ts$`, '-rules\\.ts$', '-status\\.ts$'] },
    },
    {
      // Kinds of imports are an entry, like routes: they may call processes.
      name: 'processes-above-modules',
      severity: 'error',
      from: { path: m, pathNot: ['\\.test\\.ts$', '^src/server/modules/imports/kinds/'] },
      to: { path: '^src/server/processes/' },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      from: { path: '-(machine|rules)\\.ts$' },
      to: {
        path: '(^src/server/platform/(db|pipeline/run)|-(repo|queries|load|save)\\.ts$|node_modules/(pg|fastify|sql-template-tag)/)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'kernel-is-low',
      severity: 'error',
      from: { path: '^src/server/kernel/' },
      to: { path: '^src/server/(platform|modules|processes)/' },
    },
    {
      name: 'platform-below-modules',
      severity: 'error',
      from: { path: '^src/server/platform/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/server/(modules|processes)/' },
    },
    { name: 'web-not-server', severity: 'error', from: { path: '^src/web/' }, to: { path: '^src/server/' } },
    {
      name: 'contract-is-leaf',
      severity: 'error',
      from: { path: '^src/contract/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^src/contract/', 'node_modules/zod/'] },
    },
    {
      name: 'zod-not-in-web',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: 'node_modules/zod/', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data|\\.cache)/' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  },
};
