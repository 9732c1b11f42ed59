/** How many of how many; nothing counted is no zero, and what an appeal left out says so. */
export const shareCn = (part: { readonly good: number; readonly of: number; readonly isExcused: boolean }): string =>
  part.isExcused ? '申诉不计' : part.of === 0 ? '—' : `${part.good}/${part.of}`;
