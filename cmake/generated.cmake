# Sources made at build time: the list of rules and the texts of the models.
set(GENERATED_DIR ${CMAKE_CURRENT_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${GENERATED_DIR})

# rules.def: one RULE(name) per file of rules/, in the order of their codes.
file(GLOB RULE_FILES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/rules/*.c)
set(RULE_KEYS "")
foreach(file IN LISTS RULE_FILES)
  get_filename_component(name ${file} NAME_WE)
  file(STRINGS ${file} code REGEX "\\.code = \"" LIMIT_COUNT 1)
  string(REGEX REPLACE ".*\"([^\"]*)\".*" "\\1" code "${code}")
  list(APPEND RULE_KEYS "${code} ${name}")
endforeach()
list(SORT RULE_KEYS)
set(RULES_DEF "")
foreach(key IN LISTS RULE_KEYS)
  string(REGEX REPLACE ".* " "" name "${key}")
  string(APPEND RULES_DEF "RULE(${name})\n")
endforeach()
file(CONFIGURE OUTPUT ${GENERATED_DIR}/rules.def CONTENT "${RULES_DEF}" @ONLY)

# texts.c: files that the program carries, as arrays: models, and the examples of the rules.
file(GLOB MODEL_FILES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/rules/models/*.model)
file(GLOB EXAMPLE_FILES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/testdata/rules/*/bad.c
     ${CMAKE_CURRENT_SOURCE_DIR}/testdata/rules/*/good.c)
file(GLOB COMPAT_FILES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/rules/compat/*.h)
list(SORT MODEL_FILES)
list(SORT COMPAT_FILES)
list(SORT EXAMPLE_FILES)
set(EMBEDDED_FILES ${MODEL_FILES} ${COMPAT_FILES} ${EXAMPLE_FILES})
string(REPLACE ";" "\n" EMBEDDED_LIST "${EMBEDDED_FILES}")
file(CONFIGURE OUTPUT ${GENERATED_DIR}/embedded.list CONTENT "${EMBEDDED_LIST}\n" @ONLY)
add_custom_command(
  OUTPUT ${GENERATED_DIR}/embedded.c
  COMMAND ${CMAKE_COMMAND} -DLIST=${GENERATED_DIR}/embedded.list -DROOT=${CMAKE_CURRENT_SOURCE_DIR}
          -DOUT=${GENERATED_DIR}/embedded.c -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/embed.cmake
  DEPENDS ${EMBEDDED_FILES} ${GENERATED_DIR}/embedded.list ${CMAKE_CURRENT_SOURCE_DIR}/cmake/embed.cmake
  COMMENT "Embedding models and examples")
set(GENERATED_SOURCES ${GENERATED_DIR}/embedded.c)
