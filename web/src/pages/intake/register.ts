import { api, call } from '@/api';
import { loadActs, providePhrases } from '@/acts';

const kept = new Map<string, Promise<readonly string[]>>();

window.addEventListener('phrases-changed', () => {
  kept.clear();
});

/** Phrases of the field in which an act takes words, as the center keeps them. */
providePhrases((act) => {
  const known = kept.get(act) ?? load(act);
  kept.set(act, known);
  return known;
});

async function load(act: string): Promise<readonly string[]> {
  try {
    const fields = (await loadActs())[act]?.fields ?? [];
    const field = fields.find(
      (f) => (f.kind === 'text' || f.kind === 'multiline') && /意见|理由|说明|原因/.test(f.label),
    );
    if (field === undefined) return [];
    return (await call(api.GET('/api/phrases', { params: { query: { place: `${act}.${field.name}` } } }))).items;
  } catch {
    // Phrases are a help: without them the form is as good. The next form asks again.
    kept.delete(act);
    return [];
  }
}
