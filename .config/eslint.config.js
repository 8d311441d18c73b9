import tseslint from 'typescript-eslint';

/**
 * typescript-eslint strict-type-checked with four relaxations, each for a reason:
 * - Nest modules are empty decorated classes (no-extraneous-class).
 * - Numbers in template strings are how we print counts (restrict-template-expressions).
 * - Response classes are shapes, not constructors (no-unsafe-class-instance-assignment).
 * - Injected methods are passed unbound only by jest matchers (unbound-method off in tests).
 */
export default tseslint.config(
  {
    ignores: [
      '**/node_modules/**',
      'dist/**',
      'data/**',
      'coverage/**',
      '.config/**',
      'test/architecture/seeds/**',
    ],
  },
  {
    files: ['src/**/*.ts', 'libs/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: process.cwd() } },
    rules: {
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Response classes describe JSON: handlers return plain objects of the same shape.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Read settings from AppConfig (src/platform/config).',
        },
      ],
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['src/platform/config/**', 'src/cli.ts', 'src/main.ts', 'src/worker.ts', 'test/**', 'bench/**'],
    rules: { 'no-restricted-properties': 'off', 'no-console': 'off' },
  },
  {
    files: ['**/*.spec.ts', '**/*.int-spec.ts', 'test/**/*.ts'],
    rules: { '@typescript-eslint/unbound-method': 'off', 'no-restricted-properties': 'off' },
  },
);
