import { TestEnvironment } from 'jest-environment-node';

/** What a test with pages open leaves for its runner: tells what they show. */
export interface SpeaksOnFailure {
  showPages?: () => Promise<string>;
}

/** Prints what the pages showed when a test failed, for a run whose pictures nobody sees afterwards. */
export default class BrowserEnvironment extends TestEnvironment {
  async handleTestEvent(event: { readonly name: string; readonly test?: { readonly name: string } }): Promise<void> {
    if (event.name !== 'test_fn_failure') return;
    const shown = await (this.global as SpeaksOnFailure).showPages?.();
    if (shown !== undefined)
      process.stderr.write(`\n“${event.test?.name ?? ''}” failed. The pages showed:\n${shown}\n`);
  }
}
