import type { Component } from 'vue';

/** What the form of an act is given, and must report: `done` with the server's answer, or `cancel`. */
export interface ActFormProps {
  readonly act: string;
  /** Parameters of the act's path, e.g. `{ id }`. */
  readonly params: Readonly<Record<string, string>>;
  readonly version?: string | number | null;
  /** What the page knows and the form may start from. */
  readonly initial?: Readonly<Record<string, unknown>>;
  /** The matter, for choices among its parties and agencies. */
  readonly disputeId?: string;
}

const forms = new Map<string, () => Promise<{ default: Component }>>();

/** Gives an act a form of its own instead of the drawn one. It gets ActFormProps and emits `done` and `cancel`. */
export function registerActForm(act: string, load: () => Promise<{ default: Component }>): void {
  forms.set(act, load);
}

export function ownFormOf(act: string): (() => Promise<{ default: Component }>) | undefined {
  return forms.get(act);
}

/** Acts that end or remove something: their button is set apart and the dialog states the consequences. */
const grave = new Map<string, string>();

export function registerGraveAct(act: string, consequence: string): void {
  grave.set(act, consequence);
}

export function consequenceOf(act: string): string | undefined {
  return grave.get(act);
}
