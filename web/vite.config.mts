import vue from '@vitejs/plugin-vue';
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import Components from 'unplugin-vue-components/vite';
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import { type Plugin, type Rolldown, defineConfig } from 'vite';
import { manual } from './build/manual.mts';

const here = dirname(fileURLToPath(import.meta.url));
const outDir = resolve(here, '..', 'dist', 'web');

/** Gzipped bytes of script that a page may load before anything is asked for. */
const BUDGETS = { 'index.html': 250_000, 'party.html': 60_000 } as const;

/** What a desk has open all day. */
const PAGES_OF_THE_DAY = [
  'src/pages/home/HomePage.vue',
  'src/pages/worklist/WorklistPage.vue',
  'src/pages/matter/MatterPage.vue',
  'src/pages/matter/parties/PartiesTab.vue',
  'src/pages/intake/IntakePage.vue',
];
const FORMS = ['src/acts/ActDialog.vue', 'src/pages/intake/IntakePage.vue', 'src/pages/agreement/AgreementPage.vue'];

const needed = new Map<string, ReadonlySet<string>>();

export default defineConfig({
  root: here,
  base: '/',
  plugins: [
    vue(),
    manual(resolve(here, '..', 'docs', 'manual')),
    Components({ dts: false, dirs: [], resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
    elementPlusByFile(),
    partyPages(),
    budget(),
  ],
  resolve: { alias: { '@': resolve(here, 'src') } },
  define: { __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false' },
  build: {
    outDir,
    emptyOutDir: true,
    // Browsers of government desks are of the Chrome kernel, some years old; phones of parties older still.
    target: ['chrome87', 'safari14'],
    sourcemap: false,
    reportCompressedSize: false,
    // What counts is the first load, which the budget below holds; charts come in a chunk of their own.
    chunkSizeWarningLimit: 1000,
    manifest: true,
    rolldownOptions: {
      input: { index: resolve(here, 'index.html'), party: resolve(here, 'party.html') },
      output: {
        codeSplitting: {
          groups: [
            { name: sharedWithParties, debugName: 'common', priority: 1 },
            { name: firstLoad, debugName: 'base' },
            { name: sharedBy('desk', PAGES_OF_THE_DAY), debugName: 'desk' },
            { name: sharedBy('forms', FORMS), debugName: 'forms' },
          ],
        },
      },
    },
  },
  optimizeDeps: { include: ['element-plus/es', 'vue', 'vue-router', 'pinia', 'openapi-fetch'] },
  server: {
    host: '127.0.0.1',
    // The manual stands beside the web.
    fs: { allow: [resolve(here, '..')] },
    proxy: { '/api': { target: process.env.API_TARGET ?? 'http://127.0.0.1:3000', changeOrigin: false } },
  },
  ...(process.env.VITE_CACHE_DIR === undefined ? {} : { cacheDir: process.env.VITE_CACHE_DIR }),
});

/** Imports each component from its own file: through the library's index every page would seem to need all of them. */
function elementPlusByFile(): Plugin {
  const index = readFileSync(resolve(here, '../node_modules/element-plus/es/index.mjs'), 'utf8');
  const files = new Map([['ElLoadingDirective', 'element-plus/es/components/loading/index.mjs']]);
  for (const [, names = '', file] of index.matchAll(
    /^import \{ ([^}]+) \} from "\.\/(components\/[\w-]+\/index\.mjs)";$/gm,
  )) {
    for (const name of names.split(', ')) files.set(name, `element-plus/es/${file}`);
  }
  return {
    name: 'element-plus-by-file',
    apply: 'build',
    enforce: 'post',
    transform(code) {
      return code.replace(/import \{([^}]+)\} from ['"]element-plus(?:\/es)?['"];?/g, (_all, names: string) =>
        names
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '')
          .map((name) => {
            const file = files.get(name.split(' ')[0] ?? '');
            if (file === undefined) this.error(`element-plus has no file for ${name}`);
            return `import { ${name} } from '${file}';`;
          })
          .join('\n'),
      );
    },
  };
}

type Modules = Parameters<Rolldown.CodeSplittingNameFunction>[1];

/**
 * What the first load of the workbench needs comes in one file, and what it shares with the pages of parties in another:
 * left to itself the bundler makes one for each set of pages that share something, and a browser asks for six at a time.
 */
function firstLoad(id: string, modules: Modules): string | null {
  return neededBy('src/main.ts', modules).has(id) ? 'base' : null;
}

function sharedWithParties(id: string, modules: Modules): string | null {
  // With what the pages of parties load later: whatever of it lay in a file of the workbench would start the workbench.
  const isOfDesk = [firstLoad, sharedBy('desk', PAGES_OF_THE_DAY), sharedBy('forms', FORMS)].some(
    (group) => group(id, modules) !== null,
  );
  return isOfDesk && neededBy('src/party/main.ts', modules, true).has(id) ? 'common' : null;
}

/** What two of these pages need comes in one file as well. */
function sharedBy(name: string, pages: readonly string[]): Rolldown.CodeSplittingNameFunction {
  return (id, modules) => (pages.filter((page) => neededBy(page, modules).has(id)).length > 1 ? name : null);
}

/** Modules that an entry imports, and what these import; with or without what they load later. */
function neededBy(entry: string, modules: Modules, withLater = false): ReadonlySet<string> {
  const known = needed.get(entry);
  if (known !== undefined) return known;
  const found = new Set([resolve(here, entry)]);
  for (const id of found) {
    const info = modules.getModuleInfo(id);
    for (const next of info?.importedIds ?? []) found.add(next);
    if (withLater) for (const next of info?.dynamicallyImportedIds ?? []) found.add(next);
  }
  needed.set(entry, found);
  return found;
}

/** The development server leads paths of parties to their own page, as the program does. */
function partyPages(): Plugin {
  return {
    name: 'party-pages',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (/^\/(p|sign|verify)(\/|$)/.test(request.url ?? '')) request.url = '/party.html';
        next();
      });
    },
  };
}

/** Fails the build when the first load of an entry grows past its budget, and prints what each entry weighs. */
function budget(): Plugin {
  return {
    name: 'budget',
    apply: 'build',
    closeBundle() {
      interface Chunk {
        readonly file: string;
        readonly imports?: readonly string[];
      }
      const manifest = JSON.parse(readFileSync(join(outDir, '.vite', 'manifest.json'), 'utf8')) as Record<
        string,
        Chunk
      >;
      const faults: string[] = [];
      const weigh = (entries: readonly string[]): number => {
        const files = new Set<string>();
        const walk = (key: string): void => {
          const chunk = manifest[key];
          if (chunk === undefined || files.has(chunk.file)) return;
          files.add(chunk.file);
          for (const next of chunk.imports ?? []) walk(next);
        };
        entries.forEach(walk);
        return [...files]
          .filter((file) => file.endsWith('.js'))
          .reduce((sum, file) => sum + gzipSync(readFileSync(join(outDir, file))).length, 0);
      };
      const firstPages: Readonly<Record<string, readonly string[]>> = {
        'index.html': ['index.html', 'src/pages/worklist/WorklistPage.vue'],
        'party.html': ['party.html', 'src/party/pages/PortalPage.vue', 'src/party/pages/SignPage.vue'],
      };
      for (const [entry, limit] of Object.entries(BUDGETS)) {
        const bytes = weigh(firstPages[entry] ?? [entry]);
        const line = `${entry}: ${(bytes / 1000).toFixed(0)} kB gzipped script at first load (limit ${limit / 1000} kB)`;
        this.info(line);
        if (bytes > limit) faults.push(line);
      }
      if (faults.length > 0) this.error(`over budget: ${faults.join('; ')}`);
    },
  };
}
