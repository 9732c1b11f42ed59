import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

/** Real: the files an operator uses. Neither Docker nor nginx is needed, and neither is replaced by anything. */
interface Service {
  environment?: Record<string, string | null>;
  command?: unknown[];
  healthcheck?: { test: unknown[] };
  secrets?: string[];
  ports?: string[];
}

interface Compose {
  services: Record<'application' | 'database' | 'proxy', Service>;
  secrets: Record<string, { file: string }>;
}

const read = (path: string): string => readFileSync(resolve(__dirname, '../..', path), 'utf8');
const composeText = read('docker-compose.yml');
const compose = parse(composeText) as Compose;
const services = Object.values(compose.services);

describe('the deployment on one machine', () => {
  it('gives an example for every setting it demands', () => {
    const demanded = [...composeText.matchAll(/\$\{(\w+):\?/g)].map((match) => match[1] ?? '');
    const examples = [...read('deploy/.env.example').matchAll(/^(\w+)=(.+)$/gm)].map((match) => match[1]);
    expect(new Set(demanded)).toEqual(new Set(['PUBLIC_URL', 'SECRETS_DIR', 'TLS_CERTIFICATE', 'TLS_KEY']));
    expect(examples).toEqual(expect.arrayContaining(demanded));
  });

  it('sets nothing that the application does not read', () => {
    const configuration = read('src/config/config.ts');
    const names = Object.keys(compose.services.application.environment ?? {});
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      expect(configuration).toMatch(new RegExp(`\\b${name.replace(/_FILE$/, '')}\\b|\\b${name}\\b`));
    }
  });

  it('keeps secrets in files that make-secrets.sh makes, and none in the environment', () => {
    const script = read('deploy/make-secrets.sh');
    for (const secret of services.flatMap((service) => service.secrets ?? [])) {
      const file = compose.secrets[secret]?.file ?? '';
      const made = /^\$\{SECRETS_DIR:\?.*\}\/(.+)$/.exec(file)?.[1];
      expect(made === undefined ? file : script).toMatch(
        made === undefined ? /^\$\{TLS_\w+:\?/ : new RegExp(`/${made}"`),
      );
    }
    for (const [name, value] of services.flatMap((service) => Object.entries(service.environment ?? {}))) {
      expect(`${name}=${String(value)}`).not.toMatch(
        /(PASSWORD|SECRET|KEY|DATABASE_\w*URL)(?!\w*_FILE)=.|KEYS_FILE=(?!\/run\/secrets\/)/,
      );
    }
  });

  it('hands the image all that its build reads', () => {
    const kept = read('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    const inputs = [...read('scripts/prepare.mjs').matchAll(/inputs: \[([^\]]*)\]/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/'([^']+)'/g)].map(([, path = '']) => path),
    );
    expect(inputs).toContain('docs/openapi.json');
    expect(inputs.filter((path) => !kept.includes(path))).toEqual([]);
  });

  it('runs commands made of words: a colon in one would make YAML read a map', () => {
    for (const { command = [], healthcheck } of services) {
      expect([...command, ...(healthcheck?.test ?? [])].every((word) => typeof word === 'string')).toBe(true);
    }
  });

  it('opens the proxy alone to the outside, and believes the one address that it writes', () => {
    expect(compose.services.application.ports).toBeUndefined();
    expect(compose.services.database.ports).toBeUndefined();
    expect(compose.services.application.environment?.['TRUSTED_PROXIES']).toBe('1');
    const proxy = read('deploy/nginx.conf');
    expect(proxy.match(/proxy_set_header X-Forwarded-For .*/g)).toEqual([
      'proxy_set_header X-Forwarded-For $remote_addr;',
    ]);
    // Within a location, one such line would undo all those of the server.
    expect(proxy.match(/location [^{]*\{[^}]*proxy_set_header/)).toBeNull();
  });

  it('takes the database user and name from one place to the other unchanged', () => {
    const { POSTGRES_USER, POSTGRES_DB } = compose.services.database.environment ?? {};
    expect(read('deploy/make-secrets.sh')).toContain(
      `postgres://${String(POSTGRES_USER)}:%s@database:5432/${String(POSTGRES_DB)}'`,
    );
    expect(read('deploy/postgres/10-application-login.sh')).toContain('IN ROLE zongzhi_app');
    expect(read('src/data-source.ts')).toContain(`APP_ROLE = 'zongzhi_app'`);
  });
});
