export { fillDemoCenter } from './fill-demo-center';
export { openDemoCenter } from './open-demo-center';
export { TravellingClock } from './travelling-clock';
