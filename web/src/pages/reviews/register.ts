import { type Choice, registerActForm, registerGraveAct, registerReference } from '@/acts';
import { api, call, useSession } from '@/api';

async function reviewersOf(centerId: string | undefined): Promise<readonly Choice[]> {
  if (centerId === undefined) return [];
  const found = await call(api.GET('/api/centers/{id}/reviewers', { params: { path: { id: centerId } } }));
  return found.map(({ id, name }) => ({ value: id, label: name }));
}

registerReference(['reviewerIds'], ({ params }) => reviewersOf(params?.['id']));
// The file is in the path: its center is the one served.
registerReference(['reviewerId'], () =>
  reviewersOf(useSession().self?.grants.find((g) => g.scopeKind === 'center')?.scopeId ?? undefined),
);

registerActForm('reviews.answer', () => import('./AnswerForm.vue'));
registerGraveAct('review-rounds.cancel', '还没有评查的卷宗不再评查，以后可以重新抽中；已经评查的保留。');
