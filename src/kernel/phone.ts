import { foldWidth } from './character-width';
import { parsed, refused, type Branded, type ParseResult } from './parse-result';

/**
 * A number ready to dial from anywhere in mainland China, one text per line:
 * `13812345678`, `0471-6912345`, `0471-6912345-801`, or `+85221234567` for people abroad.
 */
export type PhoneNumber = Branded<string, 'PhoneNumber'>;

export type PhoneKind = 'mobile' | 'landline' | 'abroad';

export type PhoneRefusal =
  'phone.missing' | 'phone.characters' | 'phone.mobile' | 'phone.area-code' | 'phone.landline' | 'phone.abroad';

/** Hyphens and dashes that keyboards and word processors leave in numbers. */
const dashes = /[\u2010-\u2015\u2212]/g;

export function parsePhone(text: string): ParseResult<PhoneNumber, PhoneRefusal> {
  const typed = foldWidth(text)
    .replace(dashes, '-')
    .replace(/[\s()\u200B-\u200F\u202A-\u202E]/g, '');
  if (typed === '') return refused('phone.missing', '请填写联系电话。');
  if (!/^\+?[\d-]+$/.test(typed)) {
    return refused('phone.characters', '联系电话只能含数字、短横线和开头的加号，一格只填一个号码。');
  }
  const abroad = /^(?:\+|00)(?!86)/.exec(typed);
  if (abroad) return parseAbroad(typed.slice(abroad[0].length).replace(/-/g, ''));

  const hasCountryCode = /^(?:\+|00)86/.test(typed);
  const national = typed.replace(/^(?:\+|00)86-?/, '');
  const digits = national.replace(/-/g, '');
  // 10 without its trunk 0 is Beijing; no mobile number begins so.
  if (/^1(?!0)/.test(digits) || /^861\d{10}$/.test(digits)) {
    const mobile = digits.replace(/^86/, '');
    return /^1[3-9]\d{9}$/.test(mobile)
      ? parsed(mobile as PhoneNumber)
      : refused('phone.mobile', '手机号码应为以13至19开头的11位数字，请核对。');
  }
  // Abroad the trunk 0 is dropped after +86.
  return parseLandline(hasCountryCode && !national.startsWith('0') ? `0${national}` : national);
}

export function phoneKind(phone: PhoneNumber): PhoneKind {
  return phone.startsWith('+') ? 'abroad' : phone.startsWith('0') ? 'landline' : 'mobile';
}

/** Keeps what tells two numbers apart on a list: `138****5678`, `0471-***2345`, `+852****4567`. */
export function maskPhone(phone: PhoneNumber): string {
  switch (phoneKind(phone)) {
    case 'mobile':
      return `${phone.slice(0, 3)}****${phone.slice(7)}`;
    case 'landline': {
      const [area = '', local = ''] = phone.split('-');
      return `${area}-${'*'.repeat(local.length - 4)}${local.slice(-4)}`;
    }
    case 'abroad':
      return `${phone.slice(0, 4)}****${phone.slice(-3)}`;
  }
}

function parseLandline(national: string): ParseResult<PhoneNumber, PhoneRefusal> {
  if (!national.startsWith('0')) {
    return refused('phone.area-code', '固定电话请带区号填写，如0471-6912345；手机号码为11位数字。');
  }
  // Beijing (010) and the 02x cities have three digits, all others four.
  const match = /^(01\d|02\d|0[3-9]\d{2})-?(\d{7,8})(?:-(\d{1,6}))?$/.exec(national);
  const [area, local, extension] = [match?.[1], match?.[2], match?.[3]];
  if (area === undefined || local === undefined || /^[01]/.test(local)) {
    return refused('phone.landline', '固定电话应为区号加7至8位号码，分机号用短横线隔开，如0471-6912345-801。');
  }
  return parsed(`${area}-${local}${extension === undefined ? '' : `-${extension}`}` as PhoneNumber);
}

function parseAbroad(digits: string): ParseResult<PhoneNumber, PhoneRefusal> {
  // ITU-T E.164: at most 15 digits with the country code.
  return /^[1-9]\d{7,14}$/.test(digits)
    ? parsed(`+${digits}` as PhoneNumber)
    : refused('phone.abroad', '境外号码请按“+国家或地区代码 号码”填写，如+852 2123 4567。');
}
