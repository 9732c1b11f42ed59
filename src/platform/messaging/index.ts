export { ChannelFailure, type Channel, type OutgoingMessage } from './channel';
export { makeChannels } from './make-channels';
export { OutsidePost, type Resolver } from './outside-post';
