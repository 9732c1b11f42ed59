import { type Ref, onScopeDispose, ref, shallowRef } from 'vue';
import { sentencesOf } from './spoken-text';

/** A piece of the text; it is told when it is being read. */
export interface Passage {
  readonly text: string;
  readonly show?: (isRead: boolean) => void;
}

export interface ReadAloud {
  /** There is a Chinese voice on this device. */
  readonly isPossible: Ref<boolean>;
  readonly state: Ref<'silent' | 'reading' | 'paused'>;
  start(): void;
  pause(): void;
  resume(): void;
  stop(): void;
}

/**
 * The device reads a text to its end with a voice of its own: one that sends the words to somebody’s server is not taken.
 * Pausing forgets the sentence and begins it anew, as pausing within one is lost on many phones.
 */
export function useReadAloud(passages: () => readonly Passage[], onEnd?: () => void): ReadAloud {
  const speech = 'speechSynthesis' in globalThis ? globalThis.speechSynthesis : null;
  const voice = shallowRef<SpeechSynthesisVoice | null>(null);
  const isPossible = ref(false);
  const state = ref<'silent' | 'reading' | 'paused'>('silent');
  let lines: { readonly words: string; readonly of: Passage }[] = [];
  let at = 0;
  let shown: Passage | null = null;
  /** Engines also report the end of what was cancelled. */
  let turn = 0;

  function findVoice(): void {
    voice.value = chineseVoice(speech?.getVoices() ?? []);
    isPossible.value = voice.value !== null;
  }

  function show(passage: Passage | null): void {
    if (shown === passage) return;
    shown?.show?.(false);
    passage?.show?.(true);
    shown = passage;
  }

  function say(): void {
    const line = lines[at];
    if (line === undefined) {
      stop();
      onEnd?.();
      return;
    }
    show(line.of);
    const mine = ++turn;
    const words = new SpeechSynthesisUtterance(line.words);
    words.lang = 'zh-CN';
    words.voice = voice.value;
    words.rate = 0.9;
    words.onend = () => {
      if (mine !== turn) return;
      at += 1;
      say();
    };
    words.onerror = () => {
      if (mine === turn) stop();
    };
    speech?.speak(words);
  }

  function silence(next: 'silent' | 'paused'): void {
    turn += 1;
    speech?.cancel();
    state.value = next;
  }

  function start(): void {
    silence('silent');
    lines = passages().flatMap((of) => sentencesOf(of.text).map((words) => ({ words, of })));
    at = 0;
    state.value = 'reading';
    say();
  }

  function resume(): void {
    state.value = 'reading';
    say();
  }

  function stop(): void {
    silence('silent');
    show(null);
  }

  const pause = (): void => {
    silence('paused');
  };

  findVoice();
  // Voices are found after the page in most browsers.
  speech?.addEventListener('voiceschanged', findVoice);
  onScopeDispose(() => {
    speech?.removeEventListener('voiceschanged', findVoice);
    stop();
  });
  return { isPossible, state, start, pause, resume, stop };
}

function chineseVoice(voices: readonly SpeechSynthesisVoice[]): SpeechSynthesisVoice | null {
  const own = voices.filter((v) => v.localService && /^(zh|cmn)([-_]|$)/iu.test(v.lang) && !/[-_]HK/iu.test(v.lang));
  return own.find((v) => /[-_](CN|Hans)/iu.test(v.lang)) ?? own[0] ?? null;
}

/** What is to be read of a part of the page, as it stands there; what is being read is marked and comes into sight. */
export function passagesIn(root: HTMLElement): Passage[] {
  return [...root.querySelectorAll<HTMLElement>('h2, h3, p, li')].map((element) => {
    const number = element.tagName === 'LI' ? [...(element.parentElement?.children ?? [])].indexOf(element) + 1 : 0;
    return {
      text: `${number > 0 ? `第${number}，` : ''}${element.innerText}`,
      show: (isRead) => {
        element.classList.toggle('being-read', isRead);
        if (isRead) element.scrollIntoView({ block: 'center', behavior: 'smooth' });
      },
    };
  });
}
