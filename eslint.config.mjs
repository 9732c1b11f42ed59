import js from '@eslint/js';
import vue from 'eslint-plugin-vue';
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

const WEB = ['web/**'];

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.data/**', 'coverage/**', 'web/src/generated/**'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked.map((c) => ({ ...c, files: ['**/*.ts'], ignores: WEB })),
  {
    files: ['**/*.ts'],
    ignores: WEB,
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
  ...tseslint.configs.strict.map((c) => ({ ...c, files: ['web/**/*.{ts,mts,vue}'] })),
  ...vue.configs['flat/recommended'].map((c) => ({ ...c, files: ['web/**/*.vue'] })),
  {
    files: ['web/**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    files: ['web/**/*.{ts,mts,vue}'],
    rules: {
      // The compiler knows the browser's names; vue-tsc checks templates too.
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-irregular-whitespace': ['error', { skipStrings: true, skipTemplates: true, skipComments: true }],
      eqeqeq: ['error', 'always'],
      'no-console': ['error', { allow: ['error'] }],
      'no-eval': 'error',
    },
  },
  {
    files: ['web/**/*.vue'],
    rules: {
      // Texts of people are text: nothing of theirs is ever read as markup.
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      // With exact types an absent property is absent; a default for each would say nothing more.
      'vue/require-default-prop': 'off',
      // Prettier decides the look.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/html-closing-bracket-spacing': 'off',
    },
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
        structuredClone: 'readonly',
      },
    },
  },
);
