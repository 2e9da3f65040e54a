import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** The layers, lowest first: each uses only those before it, and a feature never another one. */
const LAYERS = ['lib', 'components', 'features', 'app'];

const forbidden = (layer) => {
  const above = LAYERS.slice(LAYERS.indexOf(layer) + 1).map((name) => `@/${name}/**`);
  const patterns = [
    { group: above, message: `${layer} uses only what is below it: ${LAYERS.join(' < ')}` },
    { group: ['../../*', '../components/*', '../features/*', '../app/*'], message: 'write @/ for another layer' },
  ];
  if (layer === 'features') {
    patterns.push({ group: ['@/features/**', '../*'], message: 'a feature uses no other feature' });
  }
  return patterns.filter((pattern) => pattern.group.length > 0);
};

export default tseslint.config(
  { ignores: ['target', 'node_modules', 'src/lib/api/schema.ts', 'scripts'] },
  ...tseslint.configs.strict,
  reactHooks.configs.flat.recommended,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      'react-hooks/set-state-in-effect': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'what people write is text' },
      ],
    },
  },
  // A fixture of Playwright calls what it is given `use`, which is no hook.
  { files: ['e2e/**'], rules: { 'react-hooks/rules-of-hooks': 'off' } },
  ...LAYERS.map((layer) => ({
    files: [`src/${layer}/**`],
    rules: { 'no-restricted-imports': ['error', { patterns: forbidden(layer) }] },
  })),
);
