// breaks: reads-know-shapes-only
import '../http/dto/contract.response.js';
import '../http/contracts.controller.js';
