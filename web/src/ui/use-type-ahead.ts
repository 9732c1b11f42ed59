import { type Ref, computed, ref, shallowRef } from 'vue';

interface Named {
  readonly label: string;
}

type Match = (label: string, query: string) => boolean;

const byText: Match = (label, query) => label.includes(query);

/** Reads pinyin once it is there; loaded when the first picker is opened, as most pages have none. */
const match = shallowRef<Match>(byText);
let loading: Promise<void> | null = null;

function loadPinyin(): void {
  loading ??= import('pinyin-match')
    .then(({ default: pinyin }) => {
      match.value = (label, query) => byText(label, query) || pinyin.match(label, query) !== false;
    })
    .catch(() => {
      loading = null;
    });
}

/** Choices that fit what is typed: the name itself, its pinyin, or the first letters of it (zhangm, zm). */
export function useTypeAhead<Choice extends Named>(choices: Ref<readonly Choice[]>) {
  const query = ref('');
  const shown = computed(() => {
    const wanted = query.value.trim();
    return wanted === '' ? choices.value : choices.value.filter(({ label }) => match.value(label, wanted));
  });
  return {
    shown,
    search: (text: string): void => {
      query.value = text;
    },
    onOpen: (isOpen: boolean): void => {
      if (isOpen) loadPinyin();
      else query.value = '';
    },
  };
}
