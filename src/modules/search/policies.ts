import { definePolicies } from '../../platform/auth';

definePolicies({
  // Those who work on matters at all, wherever; row security decides what they find.
  'search.find': {
    label: '查找事项',
    by: [
      'guide@any',
      'intake-clerk@any',
      'dispatcher@any',
      'duty-leader@any',
      'supervisor@any',
      'follow-up-clerk@any',
      'archivist@any',
      'center-director@any',
      'superior@any',
      'mediator@any',
      'recorder@any',
      'committee-director@any',
      'grid-worker@any',
    ],
  },
});
