import { createHmac } from 'node:crypto';
import type { Channel, OutgoingMessage } from './channel';
import type { OutsidePost } from './outside-post';

/**
 * Short messages through the gateway of a province or city, each of which has its own: this is the body that they are asked for or
 * that a small bridge turns into theirs (docs/operations.md).
 */
export class SmsGateway implements Channel {
  readonly host: string;
  private readonly url: URL;

  constructor(
    address: string,
    private readonly secret: string,
    private readonly post: OutsidePost,
  ) {
    this.url = new URL(address);
    this.host = this.url.host;
  }

  async send({ id, to, text, at }: OutgoingMessage): Promise<void> {
    const body = JSON.stringify({ id, to, text });
    const time = String(at.getTime());
    await this.post.json(this.url, body, {
      'idempotency-key': id,
      'x-timestamp': time,
      'x-signature': createHmac('sha256', this.secret).update(`${time}\n${body}`).digest('hex'),
    });
  }
}
