import { type Chapter, chapters } from 'virtual:manual';

/** A section of the manual and the chapter that it stands in. */
export interface Place {
  readonly chapter: Chapter;
  readonly id: string;
  readonly title: string;
}

/** The section that explains a page: the one for its open tab before the one for the whole of it. */
export function placeOf(path: string, tab?: unknown): Place | null {
  const names = typeof tab === 'string' ? [`${path}?tab=${tab}`, path] : [path];
  for (const name of names) {
    for (const chapter of chapters) {
      const section = chapter.sections.find((s) => s.pages.includes(name));
      if (section !== undefined) return { chapter, id: section.id, title: section.title };
    }
  }
  return null;
}

/** What a section says, as it was rendered when the web was built. */
export async function textOf({ chapter, id }: Place): Promise<string> {
  return (await chapter.load()).sections[id] ?? '';
}
