/** What the program can see of a relation between a proposed mediator and the people of a matter. */
export interface ConflictQuestion {
  readonly mediatorName: string;
  readonly homeOrganization: string | null;
  readonly partyNames: readonly string[];
  readonly representativeNames: readonly string[];
  /** The account registered the matter as an applicant’s first responder is no conflict; having been replaced on it is. */
  readonly wasChallengedOnThisMatter: boolean;
}

export interface Conflict {
  readonly code: 'same-name' | 'same-employer' | 'challenged-before';
  readonly message: string;
  /** A blocking conflict refuses the assignment; the others ask for a disclosure. */
  readonly isBlocking: boolean;
}

/**
 * Signs of a conflict. A person of the same name may be the party himself: it asks for a disclosure. Somebody whom a
 * party of this very matter had replaced does not come back.
 */
export function conflictsOf(question: ConflictQuestion): Conflict[] {
  const conflicts: Conflict[] = [];
  const { mediatorName, homeOrganization, partyNames, representativeNames } = question;
  if ([...partyNames, ...representativeNames].includes(mediatorName)) {
    conflicts.push({
      code: 'same-name',
      message: '调解员与当事人或代理人同名，请核实是否为同一人并披露。',
      isBlocking: false,
    });
  }
  if (homeOrganization !== null && partyNames.includes(homeOrganization)) {
    conflicts.push({
      code: 'same-employer',
      message: '当事人就是调解员所在单位，请披露；当事人要求更换的，应当更换。',
      isBlocking: false,
    });
  }
  if (question.wasChallengedOnThisMatter) {
    conflicts.push({
      code: 'challenged-before',
      message: '本案当事人曾要求更换该调解员，不能再次指派。',
      isBlocking: true,
    });
  }
  return conflicts;
}

interface Candidate {
  readonly isSpecialist: boolean;
  readonly isNear: boolean;
  readonly speaksNeededLanguage: boolean;
  readonly openAssignments: number;
}

/** Order of proposal: speciality, language, nearness, then the lighter load. Lower comes first. */
export function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    Number(b.isSpecialist) - Number(a.isSpecialist) ||
    Number(b.speaksNeededLanguage) - Number(a.speaksNeededLanguage) ||
    Number(b.isNear) - Number(a.isNear) ||
    a.openAssignments - b.openAssignments
  );
}
