/** One field of an act's form, as the interface describes it. */
export interface FieldContract {
  readonly name: string;
  readonly kind:
    | 'text'
    | 'multiline'
    | 'one'
    | 'many'
    | 'day'
    | 'instant'
    | 'whole'
    | 'fen'
    | 'flag'
    | 'id'
    | 'ids'
    | 'texts'
    | 'list'
    | 'object'
    | 'file';
  readonly label: string;
  readonly hint?: string;
  readonly isRequired?: boolean;
  /** A secret or the number of an identity paper: kept in no draft. */
  readonly isPrivate?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly maxEach?: number;
  readonly values?: Readonly<Record<string, string>>;
  readonly fields?: readonly FieldContract[];
}

/** How an act is submitted. */
export interface ActContract {
  readonly method: string;
  readonly path: string;
  readonly label: string;
  readonly description?: string;
  readonly isMultipart?: boolean;
  readonly needsVersion?: boolean;
  readonly fields: readonly FieldContract[];
}

let loaded: Promise<Readonly<Record<string, ActContract>>> | null = null;

/** The contracts of all acts; loaded when the first form or button is shown. */
export function loadActs(): Promise<Readonly<Record<string, ActContract>>> {
  loaded ??= import('@/generated/acts').then((m) => m.ACTS);
  return loaded;
}
