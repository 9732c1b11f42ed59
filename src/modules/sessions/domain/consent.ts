/** The latest word of one party on one question. */
export interface PartyAnswer {
  readonly partyId: string;
  readonly answer: string;
}

interface ActiveParty {
  readonly id: string;
  readonly name: string;
}

/** Active parties whose answer is not the one asked for; a party that was never asked is one of them: silence is not consent. */
export function withoutAnswer<Party extends ActiveParty>(
  parties: readonly Party[],
  latest: readonly PartyAnswer[],
  wanted: string,
): Party[] {
  return parties.filter((party) => latest.find((a) => a.partyId === party.id)?.answer !== wanted);
}
