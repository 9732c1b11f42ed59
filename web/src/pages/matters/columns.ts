import { ref, watch } from 'vue';

/** Columns of the list that may be hidden; number and title always stand. */
export const COLUMNS = {
  type: '纠纷类型',
  channel: '来源渠道',
  state: '状态',
  mediation: '调解状态',
  risk: '风险',
  due: '调解期限',
  handler: '承办人',
  registered: '登记时间',
} as const;
export type ColumnKey = keyof typeof COLUMNS;

const PLACE = 'matters-columns';

/** Which columns this desk shows; kept in its browser. */
export function useColumns() {
  const shown = ref<ColumnKey[]>(read());
  watch(shown, (keys) => {
    try {
      localStorage.setItem(PLACE, JSON.stringify(keys));
    } catch {
      // A full store only costs the choice of columns.
    }
  });
  return shown;
}

function read(): ColumnKey[] {
  const all = Object.keys(COLUMNS) as ColumnKey[];
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? 'null') as unknown;
    return Array.isArray(kept) ? all.filter((key) => kept.includes(key)) : all;
  } catch {
    return all;
  }
}
