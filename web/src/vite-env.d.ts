/// <reference types="vite/client" />

/** Made from docs/manual when the web is built (build/manual.mts). */
declare module 'virtual:manual' {
  interface Section {
    readonly id: string;
    readonly title: string;
    /** Routes whose help it is, perhaps with the tab that it explains: `/matters/:id?tab=agreement`. */
    readonly pages: readonly string[];
  }
  export interface Chapter {
    readonly id: string;
    readonly title: string;
    readonly sections: readonly Section[];
    load(): Promise<{ readonly intro: string; readonly sections: Readonly<Record<string, string>> }>;
  }
  export const chapters: readonly Chapter[];
}
