/** A passage of a record of mediation, for one stage of it. What is in 〔〕 is filled in by whoever writes. */
interface RecordTemplate {
  readonly stage: string;
  readonly kind: string;
  readonly text: string;
}

/** In the order in which a session goes. */
export const RECORD_TEMPLATES: readonly RecordTemplate[] = [
  {
    stage: '核对身份、宣布纪律',
    kind: 'procedure',
    text: '调解员核对到会人员身份，宣布调解纪律，说明本次调解〔公开／不公开〕进行。各方对到会人员无异议。',
  },
  {
    stage: '告知权利义务',
    kind: 'procedure',
    text: '调解员告知各方：可以选择或者接受调解员，可以接受、拒绝或者要求终止调解，可以要求公开或者不公开进行，自主表达意愿、自愿达成协议；应当如实陈述，遵守现场秩序，尊重对方（人民调解法第二十三条、第二十四条）。各方表示听清，不申请回避。',
  },
  { stage: '各方陈述', kind: 'statement', text: '〔陈述事实经过和请求〕' },
  { stage: '归纳争议', kind: 'procedure', text: '调解员归纳争议焦点：一、〔　〕；二、〔　〕。各方对归纳无异议。' },
  { stage: '询问查明', kind: 'question', text: '〔请说明……有无证据〕' },
  { stage: '释法说理', kind: 'explanation', text: '根据〔法律名称〕第〔　〕条，〔内容〕。结合本事项，〔说理〕。' },
  { stage: '提出方案', kind: 'proposal', text: '方案：〔谁〕在〔何时〕前〔以何方式〕〔履行什么〕。' },
  {
    stage: '达成一致',
    kind: 'procedure',
    text: '各方自愿达成一致：〔内容〕。调解员告知各方协议的效力和司法确认的期限。',
  },
  {
    stage: '未达成一致',
    kind: 'procedure',
    text: '各方未能达成一致。调解员告知各方可以依法通过仲裁、行政、司法等途径维护自己的权利（人民调解法第二十六条）。',
  },
  { stage: '核对记录', kind: 'procedure', text: '以上记录经各方看过（念过），与所述无误。' },
];
