// breaks: libs-through-front-door
import '../../libs/matching/inside.js';
