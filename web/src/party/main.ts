import { createApp } from 'vue';
import './party.css';
import PartyApp from './PartyApp.vue';

createApp(PartyApp).mount('#app');
