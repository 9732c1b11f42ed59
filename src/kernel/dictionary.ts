/** A list of named values that the program knows by their keys, as it explains itself to people. */
export interface Dictionary {
  readonly key: string;
  readonly name: string;
  /** Where it is used and what hangs on it. */
  readonly meaning: string;
  /** Law, standard or form that fixes it; null where the program itself does. */
  readonly source: string | null;
  readonly entries: Readonly<Record<string, string>>;
}
