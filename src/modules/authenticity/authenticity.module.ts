import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DisputesModule } from '../disputes';
import { AlarmsController } from './api/alarms.controller';
import { DecideAlarm } from './application/decide-alarm';
import { RaiseAlarms } from './application/raise-alarms';
import { ReadAlarms } from './application/read-alarms';
import { Alarm, AlarmMatter } from './persistence/alarm.entity';

/** 真实性提示: signs that files may not tell what happened. Nobody is scored by them. */
@Module({
  imports: [TypeOrmModule.forFeature([Alarm, AlarmMatter]), DisputesModule],
  controllers: [AlarmsController],
  providers: [RaiseAlarms, ReadAlarms, DecideAlarm],
})
export class AuthenticityModule {}
