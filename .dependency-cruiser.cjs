/** Imports point inward: functions -> runtime and adapters -> ports -> domain. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two modules that need each other are one module, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-is-pure',
      comment: 'The domain does no I/O: it imports itself, and of Node only crypto, for its ids.',
      severity: 'error',
      from: { path: '^shared/domain', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^shared/domain', '^(node:)?crypto$'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'contracts-know-the-domain-only',
      severity: 'error',
      from: { path: '^shared/contracts', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^shared/(contracts|domain)', '^node_modules/zod'] },
    },
    {
      name: 'ports-are-types',
      severity: 'error',
      from: { path: '^shared/ports' },
      to: { dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'runtime-knows-no-adapter',
      severity: 'error',
      from: { path: '^shared/runtime', pathNot: '\\.test\\.ts$' },
      to: { path: '^(shared/adapters|functions|infra|local)' },
    },
    {
      name: 'adapters-know-no-function',
      severity: 'error',
      from: { path: '^shared/adapters', pathNot: '\\.test\\.ts$' },
      to: { path: '^(functions|infra|local)' },
    },
    {
      name: 'use-cases-know-no-adapter',
      comment: 'Only the handler wires: a use case gets its ports passed in.',
      severity: 'error',
      from: { path: '^functions', pathNot: ['/(handler|function)\\.ts$', '\\.test\\.ts$'] },
      to: { path: '^(shared/adapters|node_modules/@aws-sdk)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'functions-know-no-other-function',
      severity: 'error',
      from: { path: '^functions/([^/]+)/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^functions/[^/]+/[^/]+/', pathNot: '^functions/$1/$2/' },
    },
    {
      name: 'client-stands-alone',
      comment:
        'A package of its own, for browsers too: it imports itself, and of Node and npm nothing.',
      severity: 'error',
      from: { path: '^client/src/' },
      to: { pathNot: '^client/src/' },
    },
    {
      name: 'nobody-needs-the-client',
      comment: 'It is for those who call the API from outside, as the command line does.',
      severity: 'error',
      from: { path: '^(functions|shared|infra)', pathNot: '\\.test\\.ts$' },
      to: { path: '^client/' },
    },
    {
      name: 'the-console-knows-what-a-browser-may',
      comment:
        'It calls the API by the client, and shows by the domain: nothing of the server is in it.',
      severity: 'error',
      from: { path: '^console/src/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^(console/src|client/src|shared/(domain|contracts)|node_modules)/' },
    },
    {
      name: 'nobody-needs-the-console',
      severity: 'error',
      from: { path: '^(client|functions|shared|infra|local)', pathNot: '\\.test\\.ts$' },
      to: { path: '^console/' },
    },
    {
      name: 'production-knows-no-test',
      severity: 'error',
      from: { path: '^(functions|shared|infra)', pathNot: '\\.test\\.ts$' },
      to: { path: '^(test|local)/|\\.test\\.ts$' },
    },
    {
      name: 'examples-are-for-documents',
      comment: 'They are long, and would be in every bundle: documents and tests alone read them.',
      severity: 'error',
      from: { path: '^(functions|infra|shared)', pathNot: '^shared/contracts/examples/' },
      to: { path: '^shared/contracts/examples/' },
    },
    {
      name: 'nothing-unresolved',
      comment: 'aws-lambda is a package of types alone.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^aws-lambda$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // The client's tests build it.
    exclude: { path: '^client/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
