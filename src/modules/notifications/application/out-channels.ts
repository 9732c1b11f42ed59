import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config';
import { type Channel, makeChannels } from '../../../platform/messaging';
import type { DeliveryChannel } from '../domain/deliveries';

/** The ways out of the house that an operator has set up: none until then. */
@Injectable()
export class OutChannels {
  private readonly channels: Readonly<Partial<Record<DeliveryChannel, Channel>>>;

  constructor(@Inject(CONFIG) config: Config) {
    this.channels = makeChannels(config);
  }

  of(channel: DeliveryChannel): Channel | null {
    return this.channels[channel] ?? null;
  }
}
