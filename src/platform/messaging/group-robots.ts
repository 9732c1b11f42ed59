import { createHmac } from 'node:crypto';
import { type Channel, ChannelFailure, type OutgoingMessage } from './channel';
import type { OutsidePost } from './outside-post';

/** Both answer 200 whatever became of the message: these codes say that it came too often or that they are busy. */
const PASSING = { wecom: [-1, 45009], dingtalk: [-1, 130101, 130102] } as const;

/** 群机器人 of WeCom (企业微信) and DingTalk (钉钉), which take the same text in the same envelope. */
export class GroupRobot implements Channel {
  readonly host: string;
  private readonly url: URL;

  constructor(
    private readonly house: keyof typeof PASSING,
    address: string,
    /** 加签 of a DingTalk robot. */
    private readonly secret: string | undefined,
    private readonly post: OutsidePost,
  ) {
    this.url = new URL(address);
    this.host = this.url.host;
  }

  async send({ text, at }: OutgoingMessage): Promise<void> {
    const url = new URL(this.url);
    if (this.secret !== undefined) {
      const time = String(at.getTime());
      url.searchParams.set('timestamp', time);
      url.searchParams.set(
        'sign',
        createHmac('sha256', this.secret).update(`${time}\n${this.secret}`).digest('base64'),
      );
    }
    const answer = await this.post.json(url, JSON.stringify({ msgtype: 'text', text: { content: text } }));
    const code = codeOf(answer);
    if (code === 0) return;
    const mayPass: readonly (number | null)[] = PASSING[this.house];
    throw new ChannelFailure(`群机器人没有接收（errcode ${code ?? '无'}）`, !mayPass.includes(code));
  }
}

function codeOf(answer: string): number | null {
  try {
    const { errcode } = JSON.parse(answer) as { errcode?: unknown };
    return typeof errcode === 'number' ? errcode : null;
  } catch {
    return null;
  }
}
