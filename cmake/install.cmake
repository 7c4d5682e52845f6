# Where `cmake --install` puts the program and what comes out of it: the manual
# page and the completions are printed by the program itself.
include(GNUInstallDirs)

set(PRINTED ${CMAKE_CURRENT_BINARY_DIR}/printed)
file(MAKE_DIRECTORY ${PRINTED})
set(PRINTED_FILES "")
function(print_to file)
  add_custom_command(OUTPUT ${PRINTED}/${file} COMMAND pymemlint ${ARGN} > ${PRINTED}/${file} DEPENDS pymemlint
                     COMMENT "Printing ${file}" VERBATIM)
  set(PRINTED_FILES ${PRINTED_FILES} ${PRINTED}/${file} PARENT_SCOPE)
endfunction()
print_to(pymemlint.1 man)
print_to(pymemlint.bash completion bash)
print_to(_pymemlint completion zsh)
print_to(pymemlint.fish completion fish)
# The pages of the rules, for people and for whoever publishes them (--pages-url); index.html stands for all of them.
add_custom_command(OUTPUT ${PRINTED}/rules/index.html COMMAND pymemlint rules --html ${PRINTED}/rules DEPENDS pymemlint
                   COMMENT "Printing the pages of the rules" VERBATIM)
add_custom_target(printed ALL DEPENDS ${PRINTED_FILES} ${PRINTED}/rules/index.html)

install(TARGETS pymemlint RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${PRINTED}/pymemlint.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${PRINTED}/pymemlint.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
        RENAME pymemlint)
install(FILES ${PRINTED}/_pymemlint DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${PRINTED}/pymemlint.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(DIRECTORY ${PRINTED}/rules DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/pymemlint)
install(FILES ${CMAKE_CURRENT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/pymemlint
        RENAME copyright)
