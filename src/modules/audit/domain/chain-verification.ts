/** What a chain stores of one entry. */
export interface StoredEntry {
  readonly chain: string;
  readonly seq: number;
  readonly at: Date;
  readonly actorId: string | null;
  readonly act: string;
  readonly objectType: string;
  readonly objectId: string | null;
  readonly disputeId: string | null;
  readonly body: string;
  readonly previousMac: Uint8Array;
  readonly mac: Uint8Array;
}

export type ChainFault = 'gap' | 'broken-link' | 'changed-body' | 'changed-columns' | 'cut-tail';

export interface ChainVerdict {
  readonly chain: string;
  readonly entries: number;
  readonly fault: ChainFault | null;
  /** Place of the first fault. */
  readonly seq: number | null;
}

export const FAULT_WORDS: Readonly<Record<ChainFault, string>> = {
  gap: '缺少记录（被删除或调换了次序）',
  'broken-link': '与前一条记录不衔接',
  'changed-body': '记录内容被改动',
  'changed-columns': '记录的检索字段与内容不符',
  'cut-tail': '末尾的记录被截去',
};

const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);

/**
 * Walks one chain in order. Feed entries by `next`, then ask for the `verdict`. An anchor (number and MAC of the last
 * entry at some past time, kept outside the database) is the only thing that shows a cut tail.
 */
export class ChainWalk {
  private seq = 0;
  private mac: Uint8Array = new Uint8Array();
  private fault: ChainFault | null = null;
  private faultSeq: number | null = null;
  private readonly macAt = new Map<number, Uint8Array>();

  constructor(
    private readonly chain: string,
    private readonly macOf: (previous: Uint8Array, body: string) => Uint8Array,
    private readonly anchor: { readonly seq: number; readonly mac: Uint8Array } | null,
  ) {}

  next(entry: StoredEntry): void {
    if (this.fault !== null) return;
    const fault = this.faultOf(entry);
    if (fault !== null) {
      this.fault = fault;
      this.faultSeq = fault === 'gap' ? this.seq + 1 : entry.seq;
      return;
    }
    this.seq = entry.seq;
    this.mac = entry.mac;
    if (this.anchor !== null && entry.seq === this.anchor.seq) this.macAt.set(entry.seq, entry.mac);
  }

  verdict(): ChainVerdict {
    if (this.fault === null && this.anchor !== null) {
      const at = this.macAt.get(this.anchor.seq);
      if (at === undefined) return this.result('cut-tail', this.seq + 1);
      if (!equal(at, this.anchor.mac)) return this.result('changed-body', this.anchor.seq);
    }
    return this.result(this.fault, this.faultSeq);
  }

  private faultOf(entry: StoredEntry): ChainFault | null {
    if (entry.seq !== this.seq + 1) return 'gap';
    if (!equal(entry.previousMac, this.mac)) return 'broken-link';
    if (!equal(this.macOf(entry.previousMac, entry.body), entry.mac)) return 'changed-body';
    return columnsAgree(entry) ? null : 'changed-columns';
  }

  private result(fault: ChainFault | null, seq: number | null): ChainVerdict {
    return { chain: this.chain, entries: this.seq, fault, seq };
  }
}

/** The columns are only an index; the truth is the hashed body. */
function columnsAgree(entry: StoredEntry): boolean {
  const body = JSON.parse(entry.body) as {
    chain: string;
    seq: number;
    at: string;
    actor: { accountId?: string };
    act: string;
    object: [string, string | null];
    dispute: string | null;
  };
  return (
    body.chain === entry.chain &&
    body.seq === entry.seq &&
    body.at === entry.at.toISOString() &&
    (body.actor.accountId ?? null) === entry.actorId &&
    body.act === entry.act &&
    body.object[0] === entry.objectType &&
    body.object[1] === entry.objectId &&
    body.dispute === entry.disputeId
  );
}
