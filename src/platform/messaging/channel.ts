/** A message ready to leave the house. `id` is the same at every try, so that the other side can tell a repetition. */
export interface OutgoingMessage {
  readonly id: string;
  /** Telephone number or address; null for a group. */
  readonly to: string | null;
  readonly subject: string;
  readonly text: string;
  readonly at: Date;
}

/** One way out of the house. There is none for what was not set up. */
export interface Channel {
  /** Whom it speaks to, as the administrator knows it, without what is secret. */
  readonly host: string;
  /** Resolves once the other side has taken the message. @throws ChannelFailure */
  send(message: OutgoingMessage): Promise<void>;
}

/** Why a message was not taken, in words that quote neither address nor text. */
export class ChannelFailure extends Error {
  override readonly name = 'ChannelFailure';

  constructor(
    message: string,
    /** The same try would fail again. */
    readonly isPermanent: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
