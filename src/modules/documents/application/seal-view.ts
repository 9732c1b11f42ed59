import { SEAL_ORIGINS, SEAL_STATES, endsSoon } from '../domain/seal-lifecycle';
import type { CommitteeSeal } from '../persistence/seal.entity';

/** A seal as its keepers see it; the key never leaves the program. */
export function sealView(seal: Omit<CommitteeSeal, 'privateKeyEncrypted'>, now: Date) {
  return {
    id: seal.id,
    committeeId: seal.committeeId,
    name: seal.name,
    code: seal.code,
    origin: seal.origin,
    originName: SEAL_ORIGINS[seal.origin],
    keyName: seal.keyName,
    algorithm: seal.algorithm,
    subjectName: seal.subjectName,
    issuerName: seal.issuerName,
    serialNumber: seal.serialNumber,
    validFrom: seal.validFrom.toISOString(),
    validTo: seal.validTo.toISOString(),
    endsSoon: endsSoon(seal.validTo, now),
    requiresSecondPerson: seal.requiresSecondPerson,
    certificatesPem: seal.certificatesPem,
    state: seal.state,
    stateName: SEAL_STATES[seal.state],
    installedAt: seal.installedAt.toISOString(),
    retiredAt: seal.retiredAt?.toISOString() ?? null,
    retireReason: seal.retireReason,
    version: seal.version,
  };
}
