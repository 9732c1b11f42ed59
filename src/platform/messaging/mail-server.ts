import { createTransport } from 'nodemailer';
import { isIP } from 'node:net';
import { type Channel, ChannelFailure, type OutgoingMessage } from './channel';
import type { OutsidePost } from './outside-post';

const TIMEOUT_MS = 10_000;

interface MailServerOptions {
  /** `smtps://user@host:465`, or `smtp://user@host:587`, which must offer STARTTLS unless it lies in the own network. */
  readonly url: string;
  readonly password: string | undefined;
  readonly from: string;
  readonly isInside: boolean;
}

/** Mail by SMTP. The Message-ID is the same at every try, so that servers and readers can tell a repetition. */
export class MailServer implements Channel {
  readonly host: string;
  private readonly url: URL;

  constructor(
    private readonly options: MailServerOptions,
    private readonly post: OutsidePost,
  ) {
    this.url = new URL(options.url);
    this.host = this.url.host;
  }

  async send({ id, to, subject, text }: OutgoingMessage): Promise<void> {
    const { password, from, isInside } = this.options;
    const isSecure = this.url.protocol === 'smtps:';
    const { hostname } = this.url;
    // The same doors as for posts; SMTP secures itself, so the scheme asked about is https.
    const { address } = await this.post.addressOf(new URL(`https://${this.url.host}`));
    const user = decodeURIComponent(this.url.username);
    const transport = createTransport({
      host: address,
      port: this.url.port === '' ? (isSecure ? 465 : 587) : Number(this.url.port),
      secure: isSecure,
      requireTLS: !isSecure && !isInside,
      tls: isIP(hostname) === 0 ? { servername: hostname } : {},
      ...(user === '' ? {} : { auth: { user, pass: password ?? '' } }),
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      dnsTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      await transport.sendMail({
        messageId: `<${id}@${hostname}>`,
        from,
        to: to ?? '',
        subject,
        text,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      const { responseCode = 0, code = '' } = error as { responseCode?: number; code?: string };
      const isRefused = responseCode >= 500 || code === 'EAUTH' || code === 'EENVELOPE';
      throw new ChannelFailure(
        responseCode > 0 ? `邮件服务器没有接收（${responseCode}）` : `连接不上邮件服务器 ${this.url.host}`,
        isRefused && responseCode !== 0 && responseCode !== 421,
        { cause: error },
      );
    } finally {
      transport.close();
    }
  }
}
