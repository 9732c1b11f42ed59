import { Platform1763600000001 } from './1763600000001-platform';
import { Disputes1763600000002 } from './1763600000002-disputes';
import { Organizations1763600000003 } from './1763600000003-organizations';
import { Identity1763600000004 } from './1763600000004-identity';
import { DisputesMore1763600000005 } from './1763600000005-disputes-more';
import { Parties1763600000006 } from './1763600000006-parties';
import { Attachments1763600000007 } from './1763600000007-attachments';
import { Assignments1763600000008 } from './1763600000008-assignments';
import { Summons1763600000009 } from './1763600000009-summons';
import { Sessions1763600000010 } from './1763600000010-sessions';
import { Documents1763600000011 } from './1763600000011-documents';
import { Agreements1763600000012 } from './1763600000012-agreements';
import { Calendar1763600000013 } from './1763600000013-calendar';
import { Worklist1763600000014 } from './1763600000014-worklist';
import { DraftsAndPhrases1763600000015 } from './1763600000015-drafts-and-phrases';
import { Portal1763600000016 } from './1763600000016-portal';
import { SessionPlanning1763600000017 } from './1763600000017-session-planning';
import { AgreementClauses1763600000018 } from './1763600000018-agreement-clauses';
import { SummonsAppealsAndDuties1763600000019 } from './1763600000019-summons-appeals-and-duties';
import { Supervision1763600000020 } from './1763600000020-supervision';
import { Exchange1763600000021 } from './1763600000021-exchange';
import { YellowLight1763600000022 } from './1763600000022-yellow-light';
import { AuditByObject1763600000023 } from './1763600000023-audit-by-object';
import { OldLedger1763600000024 } from './1763600000024-old-ledger';
import { OwnPhrases1763600000025 } from './1763600000025-own-phrases';
import { LocalTypes1763600000026 } from './1763600000026-local-types';
import { KeysElsewhere1763600000027 } from './1763600000027-keys-elsewhere';
import { PaperDrafts1763600000028 } from './1763600000028-paper-drafts';
import { TemplateVersions1763600000029 } from './1763600000029-template-versions';
import { Dossiers1763600000030 } from './1763600000030-dossiers';
import { GlyphPictures1763600000031 } from './1763600000031-glyph-pictures';
import { Supplements1763600000032 } from './1763600000032-supplements';
import { SigningOrder1763600000033 } from './1763600000033-signing-order';
import { WitnessesAndInterpreters1763600000034 } from './1763600000034-witnesses-and-interpreters';
import { LongTermCopies1763600000035 } from './1763600000035-long-term-copies';
import { MachineReading1763600000036 } from './1763600000036-machine-reading';
import { SigningImages1763600000037 } from './1763600000037-signing-images';
import { FollowUps1763600000038 } from './1763600000038-follow-ups';
import { DraftsOfPapers1763600000039 } from './1763600000039-drafts-of-papers';
import { Ladder1763600000040 } from './1763600000040-ladder';
import { CalendarHistory1763600000041 } from './1763600000041-calendar-history';
import { Repetitions1763600000042 } from './1763600000042-repetitions';
import { PromiseNotices1763600000043 } from './1763600000043-promise-notices';
import { LockedFiles1763600000044 } from './1763600000044-locked-files';
import { DeadlineRules1763600000045 } from './1763600000045-deadline-rules';
import { RosterAndScores1763600000046 } from './1763600000046-roster-and-scores';
import { Meetings1763600000047 } from './1763600000047-meetings';
import { Messages1763600000048 } from './1763600000048-messages';
import { JudicialConfirmations1763600000049 } from './1763600000049-judicial-confirmations';
import { DeadlineLedger1763600000050 } from './1763600000050-deadline-ledger';
import { HandOvers1763600000051 } from './1763600000051-hand-overs';
import { Helpers1763600000052 } from './1763600000052-helpers';
import { ReceiptWords1763600000054 } from './1763600000054-receipt-words';
import { FigureFacts1763600000056 } from './1763600000056-figure-facts';
import { FigureCells1763600000057 } from './1763600000057-figure-cells';
import { SpeedOfAProvince1763600000058 } from './1763600000058-speed-of-a-province';
import { OpenClocks1763600000059 } from './1763600000059-open-clocks';
import { LeadersDesk1763600000060 } from './1763600000060-leaders-desk';
import { StatutoryData1763600000061 } from './1763600000061-statutory-data';
import { Reports1763600000062 } from './1763600000062-reports';
import { MediatorCards1763600000063 } from './1763600000063-mediator-cards';
import { Authenticity1763600000064 } from './1763600000064-authenticity';
import { SearchAtScale1763600000065 } from './1763600000065-search-at-scale';
import { ExportMappings1763600000066 } from './1763600000066-export-mappings';
import { Reviews1763600000068 } from './1763600000068-reviews';
import { Subsidies1763600000069 } from './1763600000069-subsidies';
import { CourtOutcomes1763600000070 } from './1763600000070-court-outcomes';
import { WalksUnderRowSecurity1763600000074 } from './1763600000074-walks-under-row-security';
import { FiguresByDay1763600000075 } from './1763600000075-figures-by-day';
import { LinesOfLists1763600000076 } from './1763600000076-lines-of-lists';
import { RareWordsFirst1763600000077 } from './1763600000077-rare-words-first';
import { DaysOfFigures1763600000078 } from './1763600000078-days-of-figures';
import { ReckoningsOfCenters1763600000079 } from './1763600000079-reckonings-of-centers';
import { FiguresByHolder1763600000080 } from './1763600000080-figures-by-holder';
import { SearchByPlace1763600000081 } from './1763600000081-search-by-place';
import { ClockTallies1763600000082 } from './1763600000082-clock-tallies';
import { FiguresByKindAndDay1763600000083 } from './1763600000083-figures-by-kind-and-day';
import { RightsOfReaders1763600000084 } from './1763600000084-rights-of-readers';
import { SearchByMonth1763600000085 } from './1763600000085-search-by-month';
import { SpansOfRules1763600000086 } from './1763600000086-spans-of-rules';
import { CasesOfNewMatters1763600000087 } from './1763600000087-cases-of-new-matters';
import { DaysOfLargeCenters1763600000088 } from './1763600000088-days-of-large-centers';
import { MorningOfManyCenters1763600000089 } from './1763600000089-morning-of-many-centers';
import { WordsBeforePlaces1763600000090 } from './1763600000090-words-before-places';
import { PartiesInShort1763600000091 } from './1763600000091-parties-in-short';
import { LinesByAudience1763600000092 } from './1763600000092-lines-by-audience';
import { WarnedInTheIndex1763600000093 } from './1763600000093-warned-in-the-index';

/** All migrations in the order in which they run. */
export const migrations = [
  Platform1763600000001,
  Disputes1763600000002,
  Organizations1763600000003,
  Identity1763600000004,
  DisputesMore1763600000005,
  Parties1763600000006,
  Attachments1763600000007,
  Assignments1763600000008,
  Summons1763600000009,
  Sessions1763600000010,
  Documents1763600000011,
  Agreements1763600000012,
  Calendar1763600000013,
  Worklist1763600000014,
  DraftsAndPhrases1763600000015,
  Portal1763600000016,
  SessionPlanning1763600000017,
  AgreementClauses1763600000018,
  SummonsAppealsAndDuties1763600000019,
  Supervision1763600000020,
  Exchange1763600000021,
  YellowLight1763600000022,
  AuditByObject1763600000023,
  OldLedger1763600000024,
  OwnPhrases1763600000025,
  LocalTypes1763600000026,
  KeysElsewhere1763600000027,
  PaperDrafts1763600000028,
  TemplateVersions1763600000029,
  Dossiers1763600000030,
  GlyphPictures1763600000031,
  Supplements1763600000032,
  SigningOrder1763600000033,
  WitnessesAndInterpreters1763600000034,
  LongTermCopies1763600000035,
  MachineReading1763600000036,
  SigningImages1763600000037,
  FollowUps1763600000038,
  DraftsOfPapers1763600000039,
  Ladder1763600000040,
  CalendarHistory1763600000041,
  Repetitions1763600000042,
  PromiseNotices1763600000043,
  LockedFiles1763600000044,
  DeadlineRules1763600000045,
  RosterAndScores1763600000046,
  Meetings1763600000047,
  Messages1763600000048,
  JudicialConfirmations1763600000049,
  DeadlineLedger1763600000050,
  HandOvers1763600000051,
  Helpers1763600000052,
  ReceiptWords1763600000054,
  FigureFacts1763600000056,
  FigureCells1763600000057,
  SpeedOfAProvince1763600000058,
  OpenClocks1763600000059,
  LeadersDesk1763600000060,
  StatutoryData1763600000061,
  Reports1763600000062,
  MediatorCards1763600000063,
  Authenticity1763600000064,
  SearchAtScale1763600000065,
  ExportMappings1763600000066,
  Reviews1763600000068,
  Subsidies1763600000069,
  CourtOutcomes1763600000070,
  WalksUnderRowSecurity1763600000074,
  FiguresByDay1763600000075,
  LinesOfLists1763600000076,
  RareWordsFirst1763600000077,
  DaysOfFigures1763600000078,
  ReckoningsOfCenters1763600000079,
  FiguresByHolder1763600000080,
  SearchByPlace1763600000081,
  ClockTallies1763600000082,
  FiguresByKindAndDay1763600000083,
  RightsOfReaders1763600000084,
  SearchByMonth1763600000085,
  SpansOfRules1763600000086,
  CasesOfNewMatters1763600000087,
  DaysOfLargeCenters1763600000088,
  MorningOfManyCenters1763600000089,
  WordsBeforePlaces1763600000090,
  PartiesInShort1763600000091,
  LinesByAudience1763600000092,
  WarnedInTheIndex1763600000093,
];
