import { loadConfig } from './config';
import { startFailureText } from './start-failure';

async function main(): Promise<void> {
  // What is wrong with the configuration is said at once, before a second goes into loading the application.
  const config = loadConfig();
  const { bootstrap } = await import('./bootstrap.js');
  await bootstrap(config);
}

main().catch((error: unknown) => {
  process.stderr.write(`\n  启动失败：${startFailureText(error)}\n\n`);
  process.exit(1);
});
