export { ChannelFailure, type Channel, type OutgoingMessage } from './channel';
export { makeChannels } from './make-channels';
