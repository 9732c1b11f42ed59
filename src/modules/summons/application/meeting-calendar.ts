import { Injectable } from '@nestjs/common';
import { DomainError, calendarFile } from '../../../kernel';
import { ReadAgencyTasks } from './read-agency-tasks';

const HOUR = 3_600_000;

@Injectable()
export class MeetingCalendar {
  constructor(private readonly tasks: ReadAgencyTasks) {}

  /** The meeting as a file for the calendar of a phone: at the agreed time, else in the last hour in which to arrive. */
  async execute(taskId: string): Promise<string> {
    const { number, place, meetAt, arriveBy, center, now } = await this.tasks.meeting(taskId);
    const startsAt = meetAt ?? (arriveBy === null ? null : new Date(arriveBy.getTime() - HOUR));
    if (startsAt === null) {
      throw new DomainError('conflict', 'summons-tasks.no-meeting', '本哨不要求到场或正在等待裁定，没有到场日程。');
    }
    return calendarFile({
      id: `${taskId}@summons`,
      madeAt: now,
      startsAt,
      endsAt: meetAt === null ? new Date(startsAt.getTime() + HOUR) : new Date(meetAt.getTime() + 2 * HOUR),
      summary: meetAt === null ? `到场期限：${number ?? '吹哨单'}` : `到场：${number ?? '吹哨单'}`,
      location: [place, center.name, center.address].filter((part) => part !== null).join('，'),
      isReminded: true,
    });
  }
}
