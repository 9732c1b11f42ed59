export { ScoreCardsModule } from './score-cards.module';
