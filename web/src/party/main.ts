import { createApp } from 'vue';
import PartyApp from './PartyApp.vue';

createApp(PartyApp).mount('#app');
