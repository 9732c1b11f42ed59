import { Injectable } from '@nestjs/common';
import { parsePhone, ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { KeyRing } from '../../../platform/crypto';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { type MessageKind, STAFF_KINDS } from '../domain/message-kinds';
import { MessageContact } from '../persistence/message.entity';

/** Where one member of staff may be written to. */
export interface StaffContact {
  readonly accountId: string;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly smsKinds: readonly string[];
  readonly emailKinds: readonly string[];
}

interface KeepContactCommand {
  readonly phone?: string;
  readonly email?: string;
  readonly smsKinds?: readonly string[];
  readonly emailKinds?: readonly string[];
}

interface ContactRow {
  readonly accountId: string;
  readonly name: string;
  readonly phoneCipher: string | null;
  readonly emailCipher: string | null;
  readonly smsKinds: readonly string[];
  readonly emailKinds: readonly string[];
}

/** Where staff want to be written to, kept by each for themselves. */
@Injectable()
export class OwnContacts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: KeyRing,
  ) {}

  async read() {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'notifications.read-contact');
      return this.view(await ownRow(tx));
    });
  }

  /** What is left out is no longer written to. */
  async keep(command: KeepContactCommand) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'notifications.keep-contact');
      const accountId = tx.actor.accountId ?? '';
      await tx.query('select pg_advisory_xact_lock(727048, hashtext($1))', [accountId]);
      const before = await ownRow(tx);
      tx.checkVersion(before ?? { version: 0 });
      const phone = mobileOf(command.phone);
      const columns = {
        phoneCipher: phone === null ? null : this.keys.encrypt(phone, placeOf('phone', accountId)),
        emailCipher: command.email === undefined ? null : this.keys.encrypt(command.email, placeOf('email', accountId)),
        smsKinds: [...(command.smsKinds ?? [])] as MessageKind[],
        emailKinds: [...(command.emailKinds ?? [])] as MessageKind[],
        changedAt: tx.now,
      };
      if (before) await tx.update(MessageContact, accountId, columns);
      else await tx.insert(MessageContact, { accountId, ...columns, version: 1 });
      tx.audit({
        act: 'notifications.keep-contact',
        objectType: 'message-contact',
        objectId: accountId,
        details: { hasPhone: phone !== null, hasEmail: command.email !== undefined },
      });
      return this.view(await ownRow(tx));
    });
  }

  /** Contacts of these accounts; those who keep none are left out. Called by the program itself. */
  async of(tx: Tx, accountIds: readonly string[]): Promise<StaffContact[]> {
    const rows = await tx.query<ContactRow>(
      `select c.account_id as "accountId", a.display_name as name, c.phone_cipher as "phoneCipher", c.email_cipher as "emailCipher",
              c.sms_kinds as "smsKinds", c.email_kinds as "emailKinds"
         from message_contact c join account a on a.id = c.account_id where c.account_id = any ($1::uuid[]) and a.status = 'active'`,
      [accountIds],
    );
    return rows.map(({ phoneCipher, emailCipher, ...row }) => ({
      ...row,
      phone: this.open('phone', row.accountId, phoneCipher),
      email: this.open('email', row.accountId, emailCipher),
    }));
  }

  private open(column: 'phone' | 'email', accountId: string, cipher: string | null): string | null {
    return cipher === null ? null : this.keys.decrypt(cipher, placeOf(column, accountId));
  }

  /** One sees one’s own in full: it is what the form begins with. */
  private view(row: MessageContact | undefined) {
    return {
      phone: row ? this.open('phone', row.accountId, row.phoneCipher) : null,
      email: row ? this.open('email', row.accountId, row.emailCipher) : null,
      smsKinds: row?.smsKinds ?? (Object.keys(STAFF_KINDS) as MessageKind[]),
      emailKinds: row?.emailKinds ?? (Object.keys(STAFF_KINDS) as MessageKind[]),
      version: row?.version ?? 0,
    };
  }
}

const placeOf = (column: 'phone' | 'email', accountId: string): string => `message_contact.${column}:${accountId}`;

function mobileOf(typed: string | undefined): string | null {
  if (typed === undefined) return null;
  const phone = parsePhone(typed);
  if (!phone.ok) throw ruleViolation(phone.code, phone.message, '/phone');
  if (phone.value.startsWith('0'))
    throw ruleViolation('notifications.landline', '固定电话收不到短信，请填手机号码。', '/phone');
  return phone.value;
}

async function ownRow(tx: Tx): Promise<MessageContact | undefined> {
  const [row] = await tx.query<MessageContact>(
    `select account_id as "accountId", phone_cipher as "phoneCipher", email_cipher as "emailCipher", sms_kinds as "smsKinds",
            email_kinds as "emailKinds", changed_at as "changedAt", version from message_contact where account_id = $1`,
    [tx.actor.accountId],
  );
  return row;
}
