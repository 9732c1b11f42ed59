import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Values that would make a rule of the field depend on the machine it runs on. */
const impureInDomain = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'A rule takes `now` as an argument.' },
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'A rule takes `now` as an argument.',
  },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'A rule is deterministic.' },
];
const processEnv = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only src/config reads the environment.',
};
const rawDatabase = [
  {
    selector: "CallExpression[callee.property.name='query'][callee.object.name='dataSource']",
    message: 'Every statement runs inside the unit of work.',
  },
  {
    selector: "CallExpression[callee.property.name='query'][callee.object.property.name='dataSource']",
    message: 'Every statement runs inside the unit of work.',
  },
  {
    selector: "Decorator[expression.callee.name='InjectRepository']",
    message: 'Repositories come from the unit of work.',
  },
  {
    selector: "Decorator[expression.callee.name='InjectDataSource']",
    message: 'Only the unit of work holds the DataSource.',
  },
];

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.data/**', 'coverage/**', 'web/**'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked.map((c) => ({ ...c, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-imports': 'off',
      // Response classes describe shapes for OpenAPI; what fits the shape is a response, however it was made.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'no-irregular-whitespace': [
        'error',
        { skipStrings: true, skipTemplates: true, skipRegExps: true, skipComments: true },
      ],
      eqeqeq: ['error', 'always'],
      // Express knows an error handler by its four parameters; tuples and signatures likewise name what they skip.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/config/**'],
    rules: { 'no-restricted-syntax': ['error', processEnv, ...rawDatabase] },
  },
  {
    files: ['src/platform/database/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', processEnv] },
  },
  {
    files: ['src/kernel/**/*.ts', 'src/modules/*/domain/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', processEnv, ...rawDatabase, ...impureInDomain] },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        require: 'readonly',
        module: 'writable',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        __dirname: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
      },
    },
  },
);
