/** Where the phrases of an act come from; the counter's pages set it once the center's list is known. */
let source: (act: string) => Promise<readonly string[]> = () => Promise.resolve([]);

export function providePhrases(load: (act: string) => Promise<readonly string[]>): void {
  source = load;
}

export function phrasesFor(act: string): Promise<readonly string[]> {
  return source(act);
}
