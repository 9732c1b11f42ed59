import type { Config } from '../../config';
import type { Channel } from './channel';
import { GroupRobot } from './group-robots';
import { MailServer } from './mail-server';
import { OutsidePost } from './outside-post';
import { SmsGateway } from './sms-gateway';

type Channels = Readonly<Partial<Record<'sms' | 'email' | 'wecom' | 'dingtalk', Channel>>>;

/** The channels that were set up; without any, every message is written down and none goes out. */
export function makeChannels({ messages }: Pick<Config, 'messages'>): Channels {
  const { sms, email, wecomUrl, dingtalk, hosts, insideHosts } = messages;
  const post = new OutsidePost({ hosts, insideHosts });
  return {
    ...(sms === undefined ? {} : { sms: new SmsGateway(sms.url, sms.secret, post) }),
    ...(email === undefined
      ? {}
      : { email: new MailServer({ ...email, isInside: isInside(email.url, insideHosts) }, post) }),
    ...(wecomUrl === undefined ? {} : { wecom: new GroupRobot('wecom', wecomUrl, undefined, post) }),
    ...(dingtalk === undefined ? {} : { dingtalk: new GroupRobot('dingtalk', dingtalk.url, dingtalk.secret, post) }),
  };
}

function isInside(url: string, insideHosts: readonly string[]): boolean {
  const { host, hostname } = new URL(url);
  return insideHosts.includes(host) || insideHosts.includes(hostname);
}
